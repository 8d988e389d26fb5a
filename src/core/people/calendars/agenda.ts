import type { Calendar, CalendarItem, Moment } from '../../model/people/calendar.ts';
import type { CalendarEvent } from '../../model/people/calendar-event.ts';
import { DAY_MS } from '../../model/window.ts';
import type { Agenda, AgendaSpan } from '../../ports/people/sheets.ts';
import { dayAt, dayOfWall } from '../../schedules/days.ts';
import { type Clocks, clocksOf } from './clocks.ts';
import { type Around, type Occurrence, occurrencesOf, periodItems, type Series, seriesIn } from './occurrences.ts';
import { stepsOf, TooManySteps } from './rule-days.ts';

/** So often one series may take place in a span. */
const MOST_OF_SERIES = 5_000;
/** So many days are looked at, of one calendar at once. */
const MOST_STEPS = 400_000;
/** Clocks on the wall are apart from UTC by less than that. */
const APART_MS = 2 * DAY_MS;

/** What of a calendar takes place in a span, each once; what is too much to be followed is named. Pure. */
export function agendaOf(calendar: Calendar, span: AgendaSpan): Agenda {
  const steps = stepsOf(MOST_STEPS);
  const clocks = clocksOf(calendar, steps);
  const zone = calendar.zone ?? span.zone;
  const instantOf = (moment: Moment): number =>
    clocks.instant(moment.wall, moment.isDay ? span.zone : (moment.zone ?? zone));
  const given: Given = { span, clocks, zone, instantOf, steps };
  const unfollowed: string[] = [];
  const timed = seriesIn(calendar.items).flatMap((series) => {
    try {
      return eventsOf(series, given);
    } catch (error) {
      if (!(error instanceof TooManySteps)) throw error;
      unfollowed.push(`"${(series.masters[0] ?? series.changes[0]!).title}" takes place too often to be followed`);
      return [];
    }
  });
  const events = timed.toSorted((a, b) => a.at - b.at || (a.event.id < b.event.id ? -1 : 1));
  return { events: events.map(({ event }) => event), leftOut: calendar.leftOut, unfollowed };
}

interface Given extends Around {
  readonly span: AgendaSpan;
  readonly clocks: Clocks;
  /** Where the calendar is kept. */
  readonly zone: string;
}

/** With its begin, epoch ms. */
interface Placed {
  readonly at: number;
  readonly event: CalendarEvent;
}

function eventsOf({ masters, changes }: Series, given: Given): readonly Placed[] {
  const { start, end } = given.span;
  const items = [...masters, ...masters.flatMap(periodItems), ...changes];
  const longest = Math.max(0, ...items.map((item) => lengthOf(item, given)));
  const walls = { from: start - longest - APART_MS, to: end + APART_MS };
  const all = [
    ...masters.flatMap((master, at) => occurrencesOf(master, changes, walls, given).map((it) => named(it, at))),
    ...changes
      .filter(({ isCancelled }) => !isCancelled)
      .map((item) => named({ item, planned: item.replaces!, start: item.start }, 0)),
  ];
  const placed = all
    .map((it) => placedIn(it, given))
    .filter(({ at, until }) => at < end && (until > start || at >= start));
  if (placed.length > MOST_OF_SERIES) throw new TooManySteps();
  return placed;
}

interface Named extends Occurrence {
  readonly id: string;
}

/** Two series of one uid are told apart. */
function named(occurrence: Occurrence, at: number): Named {
  const { item, planned } = occurrence;
  const when = new Date(planned.wall).toISOString().slice(0, planned.isDay ? -14 : -8);
  return { ...occurrence, id: `${item.uid}${at === 0 ? '' : `#${at + 1}`}@${when}` };
}

function placedIn({ id, item, start }: Named, given: Given): Placed & { readonly until: number } {
  const { uid, title, place, url, text, attendees } = item;
  const content = { id, series: uid, title, place, url, text, attendees };
  const length = lengthOf(item, given);
  const { instantOf, clocks } = given;
  const at = instantOf(start);
  if (start.isDay) {
    const until = instantOf({ ...start, wall: start.wall + length });
    const days = { kind: 'days', day: dayOfWall(start.wall), last: dayOfWall(start.wall + length - DAY_MS) } as const;
    return { at, until, event: { ...content, when: days } };
  }
  const until = endOf(item, start, at + length, given);
  const own = start.zone ?? given.zone;
  const zone = clocks.isKnown(own) ? own : given.zone;
  const day = own === 'UTC' ? dayAt(at, zone) : dayOfWall(start.wall);
  return { at, until, event: { ...content, when: { kind: 'timed', start: at, end: until, zone, day } } };
}

/** Ms; of whole days by the clock on the wall. */
function lengthOf({ start, end, lasts }: CalendarItem, { instantOf }: Around): number {
  const usual = start.isDay ? DAY_MS : 0;
  if (end !== null) return Math.max(usual, start.isDay ? end.wall - start.wall : instantOf(end) - instantOf(start));
  return lasts === null ? usual : Math.max(usual, lasts.days * DAY_MS + lasts.ms);
}

/** Whole days that it lasts are days by the clock on the wall, also where that was changed. */
function endOf({ lasts }: CalendarItem, start: Moment, exact: number, { instantOf }: Around): number {
  if (lasts === null) return exact;
  const after = instantOf({ ...start, wall: start.wall + lasts.days * DAY_MS }) + lasts.ms;
  return Math.max(instantOf(start), after);
}

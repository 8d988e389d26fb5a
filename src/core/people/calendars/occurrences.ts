import type { CalendarItem, Moment } from '../../model/people/calendar.ts';
import { DAY_MS } from '../../model/window.ts';
import { ruleDays, type Steps } from './rule-days.ts';

/** One time that something takes place. */
export interface Occurrence {
  /** What stands in the calendar of it. */
  readonly item: CalendarItem;
  /** When it would begin if nobody had moved it. */
  readonly planned: Moment;
  readonly start: Moment;
}

/** What belongs together: all items of a calendar with the same id. */
export interface Series {
  readonly masters: readonly CalendarItem[];
  readonly changes: readonly CalendarItem[];
}

/** By what clocks on the wall show, as if it were UTC, epoch ms; both are inclusive. */
export interface Walls {
  readonly from: number;
  readonly to: number;
}

export interface Around {
  /** Epoch ms. */
  instantOf(moment: Moment): number;
  readonly steps: Steps;
}

/** Of `seriesOf`, by uid. */
export function seriesIn(items: readonly CalendarItem[]): readonly Series[] {
  return [...Map.groupBy(items, ({ uid }) => uid).values()].map((all) => ({
    masters: all.filter(({ replaces }) => replaces === null),
    changes: newest(all.filter(({ replaces }) => replaces !== null)),
  }));
}

/** Of several changes of the same occurrence the last one. */
function newest(changes: readonly CalendarItem[]): readonly CalendarItem[] {
  const keyOf = ({ replaces, andLater }: CalendarItem): string => JSON.stringify([replaces, andLater]);
  const bySequence = changes.toSorted((a, b) => a.sequence - b.sequence);
  return [...new Map(bySequence.map((change) => [keyOf(change), change])).values()];
}

/** What of a master takes place between these walls, give or take; each once, changes left out. */
export function occurrencesOf(
  master: CalendarItem,
  changes: readonly CalendarItem[],
  walls: Walls,
  around: Around,
): readonly Occurrence[] {
  if (master.isCancelled) return [];
  const isLeft = leftBy(master.left, around);
  const isChanged = changedBy(changes, around);
  const itemAt = lasting(master, around);
  const later = changes.filter(({ andLater }) => andLater).toSorted((a, b) => b.replaces!.wall - a.replaces!.wall);
  const longest = Math.max(0, ...later.map((it) => Math.abs(it.start.wall - it.replaces!.wall)));
  const wide = { from: walls.from - longest, to: walls.to + longest };
  return momentsOf(master, wide, around)
    .filter((planned) => !isLeft(planned) && !isChanged(planned))
    .map((planned) => moved({ item: itemAt(planned), planned, start: planned }, later));
}

/** A master as it takes place at a moment: some last otherwise than the others. */
function lasting(master: CalendarItem, { instantOf }: Around): (planned: Moment) => CalendarItem {
  const own = new Map(periodItems(master).map((item) => [instantOf(item.start), item]));
  return (planned) => own.get(instantOf(planned)) ?? master;
}

/** Each as an event alone. */
export function periodItems(master: CalendarItem): readonly CalendarItem[] {
  return (master.periods ?? []).map((period) => ({ ...master, ...period }));
}

/** After a change that is one of all that follow, too. `later`: the last one first. */
function moved(occurrence: Occurrence, later: readonly CalendarItem[]): Occurrence {
  const { planned } = occurrence;
  const change = later.find(({ replaces }) => replaces!.wall <= planned.wall);
  if (change === undefined) return occurrence;
  const wall = planned.wall + change.start.wall - change.replaces!.wall;
  return { item: change, planned, start: { ...change.start, wall } };
}

/** In no order, each instant once. */
function momentsOf(master: CalendarItem, { from, to }: Walls, around: Around): readonly Moment[] {
  const { start, rule, added } = master;
  const own = rule === null ? [start] : [...ruled(master, { from, to }, around)];
  const all = [...own, ...added].filter(({ wall }) => wall >= from && wall <= to);
  return [...new Map(all.map((moment) => [around.instantOf(moment), moment])).values()];
}

function* ruled({ start, rule }: CalendarItem, { from, to }: Walls, around: Around): Generator<Moment> {
  const first = Math.floor(start.wall / DAY_MS);
  const time = start.wall - first * DAY_MS;
  const { until } = rule!;
  const days = { from: Math.floor(from / DAY_MS), to: Math.floor(to / DAY_MS) };
  for (const day of ruleDays(rule!, first, days, around.steps)) {
    const moment = { ...start, wall: day * DAY_MS + time };
    if (moment.wall > to || (until !== null && isAfter(moment, until, around))) return;
    yield moment;
  }
}

/** A day as an end is that whole day, by the clock on the wall. */
function isAfter(moment: Moment, until: Moment, { instantOf }: Around): boolean {
  if (until.isDay || moment.isDay) return dayOf(moment) > dayOf(until);
  return instantOf(moment) > instantOf(until);
}

function dayOf({ wall }: Moment): number {
  return Math.floor(wall / DAY_MS);
}

type Is = (moment: Moment) => boolean;

/** A day leaves out all of that day. */
function leftBy(left: readonly Moment[], { instantOf }: Around): Is {
  const days = new Set(left.filter(({ isDay }) => isDay).map(dayOf));
  const instants = new Set(left.filter(({ isDay }) => !isDay).map(instantOf));
  return (moment) => days.has(dayOf(moment)) || (!moment.isDay && instants.has(instantOf(moment)));
}

/** NOTE: some programs write the midnight of an occurrence's day in place of its time. */
function changedBy(changes: readonly CalendarItem[], { instantOf }: Around): Is {
  const all = changes.map(({ replaces }) => replaces!);
  const instants = new Set(all.map(instantOf));
  const midnights = new Set(all.filter(({ wall }) => wall % DAY_MS === 0).map(dayOf));
  return (moment) => instants.has(instantOf(moment)) || midnights.has(dayOf(moment));
}

import type { FoundPart } from '../../../config/filters/load.ts';
import type { Calendar } from '../../../core/model/people/calendar.ts';
import type { Sheet } from '../../../core/model/people/sheet.ts';
import { faultOf } from '../../../core/model/errors.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import type { Finding } from '../../../core/ports/finding.ts';
import type { Watch } from '../../../core/ports/watches/watch.ts';
import { many } from '../../../platform/numbers.ts';
import type { Draft } from '../../make-parts.ts';
import type { Check } from '../check.ts';

type OfDraft = Pick<Draft, 'sheets' | 'calendars' | 'filters'>;

/** Each sheet and calendar is read once: whether it can be, and what of it cannot be used. */
export function feedChecks({ sheets, calendars, filters }: OfDraft, now: number): readonly Check[] {
  const placed = (section: string, name: string) =>
    filters.parts.find((it) => it.section === section && it.name === name)!;
  return [
    ...sheets.map(({ name, built }) =>
      checkOf(placed('sheets', name), built.part, (found) => ofSheet(name, found as Sheet, filters)),
    ),
    ...calendars.map(({ name, built }) =>
      checkOf(placed('calendars', name), built.part, (found) => ofCalendar(found as Calendar, now)),
    ),
  ];
}

/** What came of one that was read. */
interface Seen {
  readonly say: string;
  /** What of it cannot be used, a line each. */
  readonly lacks: readonly string[];
  /** It cannot be used at all, and why. */
  readonly fault?: string;
}

/** So many lines are enough to see what is wrong. */
const MOST_LINES = 10;

function checkOf(part: FoundPart, watch: Watch, read: (found: unknown) => Promise<Seen>): Check {
  const { name, file, line, texts } = part;
  const where = `${file}:${line}`;
  const variable = Object.entries(texts).find(([key]) => key.endsWith('-secret'))?.[1];
  const finding = (status: Finding['status'], say: string): Finding => ({ check: name, status, where, say });
  return {
    name,
    async *run({ scope }) {
      try {
        const { answer, leftOut = [] } = await watch.look(scope);
        const { say, lacks, fault } = await read(JSON.parse(answer!));
        yield fault === undefined ? finding('ok', say) : finding('failed', fault);
        const all = [...leftOut, ...lacks];
        for (const lack of all.slice(0, MOST_LINES)) yield finding('warning', lack);
        const more = all.length - MOST_LINES;
        if (more > 0) yield finding('warning', `and ${more} more that cannot be used`);
      } catch (error) {
        const say = faultOf(error).message.replace(`${name}: `, '');
        yield variable === undefined ? finding('failed', say) : { ...finding('failed', say), variable };
      }
    },
  };
}

type Files = Pick<Draft['filters'], 'reminders' | 'people' | 'peopleSheets'>;

async function ofSheet(name: string, found: Sheet, { reminders, people, peopleSheets }: Files): Promise<Seen> {
  const say = `${many(found.rows.length, 'row')} under ${found.columns.join(', ')}`;
  const lacks: string[] = [];
  for (const { what } of reminders) {
    if (what.kind !== 'duty' || what.sheet !== name) continue;
    const { dutiesIn } = await import('../../../core/reminders/facts/gather.ts');
    lacks.push(...dutiesIn(found, name, what.intervals).faults);
  }
  const own = peopleSheets.filter(({ sheet }) => sheet === name);
  if (own.length === 0) return { say, lacks: [...new Set(lacks)] };
  const { peopleOfSheets } = await import('../../../config/people/of-sheet.ts');
  const { faults } = peopleOfSheets(
    own.map((it) => ({ ...it, found })),
    people,
  );
  const texts = faults.map(({ text }) => text);
  return found.columns.includes('name') ? { say, lacks: [...lacks, ...texts] } : { say, lacks: [], fault: texts[0]! };
}

/** So far ahead it is looked whether all can be followed, ms. */
const AHEAD_MS = 400 * DAY_MS;

async function ofCalendar(found: Calendar, now: number): Promise<Seen> {
  const { agendaOf } = await import('../../../core/people/calendars/agenda.ts');
  const { events, unfollowed } = agendaOf(found, { start: now, end: now + AHEAD_MS, zone: found.zone ?? 'UTC' });
  return {
    say: `${many(found.items.length, 'event')}, ${many(events.length, 'occurrence')} within 400 days`,
    lacks: unfollowed,
  };
}

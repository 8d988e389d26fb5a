import { UpstreamError } from '../../model/errors.ts';
import type { LocalDay, Sheet } from '../../model/people/sheet.ts';
import type { ReminderPlan } from '../../model/reminders/reminder-plan.ts';
import { DAY_MS } from '../../model/window.ts';
import type { Calendars, Known, Sheets } from '../../ports/people/sheets.ts';
import { dayIn } from '../../people/sheets/day-in.ts';
import { wallOfDay } from '../../schedules/days.ts';
import { type Duties, type HowToRead, readDuties } from '../duties/read-duties.ts';
import type { Facts } from './facts.ts';

/** Where sheets and calendars come from; undefined: no file sets up any. */
export interface Feeds {
  readonly sheets: Sheets | undefined;
  readonly calendars: Calendars | undefined;
}

/** So far ahead the next event of a kind is looked for, ms: of those that come once a year as well. */
const AHEAD_MS = 400 * DAY_MS;

/**
 * What is known for the days from `first` to `last`; what could be read once stays as long as it cannot be read again.
 * Rejects when a sheet or a calendar was never read, or is none of duties.
 */
export async function gather(
  { what, at }: Pick<ReminderPlan, 'what' | 'at'>,
  { first, last, now }: { readonly first: LocalDay; readonly last: LocalDay; readonly now: number },
  { sheets, calendars }: Feeds,
): Promise<Facts> {
  const old: string[] = [];
  const note = <T>(name: string, known: Known<T> | null | undefined): T => {
    if (known?.good == null) throw neverRead(name, known?.last?.fault ?? null);
    const { good, last } = known;
    if (last !== null && last.fault !== null)
      old.push(`This is by ${name} as it was ${ageText(now - good.at)} ago: it could not be read again since.`);
    return good.found;
  };
  const duties =
    what.kind === 'duty'
      ? dutiesIn(note(what.sheet, await sheets?.read(what.sheet)), what.sheet, what.intervals)
      : null;
  const calendar = what.kind === 'birthday' ? null : what.calendar;
  const span = { start: wallOfDay(first) - 2 * DAY_MS, end: wallOfDay(last) + AHEAD_MS, zone: at.zone };
  const agenda = calendar === null ? null : note(calendar, await calendars?.read(calendar, span));
  const { events = [], leftOut = [], unfollowed = [] } = agenda ?? {};
  return { duties, agenda: events, old, faults: [...faultsIn(duties, calendar), ...unfollowed], leftOut };
}

/** Throws an UpstreamError when the sheet is none of duties. */
export function dutiesIn(sheet: Sheet, name: string, intervals: HowToRead['intervals']): Duties {
  return readDuties(sheet, { name, intervals, dayIn: (cell) => dayIn(cell, sheet.dates) });
}

/** Days before events of no calendar never come. */
function faultsIn(duties: Duties | null, calendar: string | null): readonly string[] {
  if (duties === null) return [];
  const lost = duties.rows.filter(({ on }) => calendar === null && on?.kind === 'before');
  return [
    ...duties.faults,
    ...lost.map(({ task }) => `${task} is due before events, and the reminder has no calendar`),
  ];
}

export function neverRead(name: string, fault: string | null): UpstreamError {
  const why = fault === null ? 'it was not read yet' : `it was never read: ${fault}`;
  return new UpstreamError(`${name}: ${why}`, { service: name, retryable: true });
}

/** Whole ones. */
export function ageText(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} hours` : `${Math.floor(minutes / 1440)} days`;
}

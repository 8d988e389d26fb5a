import { UpstreamError } from '../../model/errors.ts';
import type { LocalDay, Sheet } from '../../model/people/sheet.ts';
import type { OnDays } from '../../model/reminders/days.ts';
import { readOn } from '../../model/reminders/read-on.ts';
import { untilGap } from '../../people/sheets/until-gap.ts';
import { namesIn } from '../people/find-person.ts';

/** Whose turn something is. */
export interface Duty {
  readonly task: string;
  /** As the sheet says it; '': it has a day instead. */
  readonly interval: string;
  /** Names as the sheet has them, at least one. */
  readonly main: readonly string[];
  readonly backup: readonly string[];
}

/** A row of a duty sheet: one of two ways in which a turn begins. */
export type DutyRow = Duty &
  ({ readonly on: OnDays; readonly from: null } | { readonly on: null; readonly from: LocalDay });

export interface Duties {
  readonly rows: readonly DutyRow[];
  /** Rows that count for nothing, a line each, for people. */
  readonly faults: readonly string[];
}

/** What people write above a column. */
const HEADS = {
  task: ['task', 'duty', 'what'],
  interval: ['interval', 'when'],
  main: ['main', 'person', 'who'],
  backup: ['backup', 'deputy'],
  date: ['date', 'from', 'day'],
} as const;

/** What intervals mean where the file does not say so. */
const USUAL_INTERVALS: Readonly<Record<string, OnDays>> = Object.fromEntries(
  Object.entries({
    daily: 'Mon-Sun',
    weekly: 'Mon',
    monthly: '1st Mon',
    quarterly: '1st Mon of Jan,Apr,Jul,Oct',
    yearly: '1st Mon of Jan',
  }).map(([word, text]) => [word, onOf(text)]),
);

function onOf(text: string): OnDays {
  return (readOn(text) as { readonly on: OnDays }).on;
}

export interface HowToRead {
  /** The sheet's. */
  readonly name: string;
  /** By the word, in lower case. */
  readonly intervals: Readonly<Record<string, OnDays>>;
  dayIn(cell: string): LocalDay | null;
}

/** What stands below the first empty row is no duty. Throws an UpstreamError when the sheet is none of duties. */
export function readDuties({ columns, rows }: Pick<Sheet, 'columns' | 'rows'>, how: HowToRead): Duties {
  const heads = Object.fromEntries(
    Object.entries(HEADS).map(([key, names]) => [key, names.find((name) => columns.includes(name))]),
  ) as Partial<Record<keyof typeof HEADS, string>>;
  if (heads.task === undefined || heads.main === undefined)
    throw noColumn(how.name, heads.task === undefined ? 'Task' : 'Main');
  const faults: string[] = [];
  const read = untilGap({ rows }).flatMap(({ row, cells }): readonly DutyRow[] => {
    const cell = (key: keyof typeof HEADS): string => cells[heads[key] ?? ''] ?? '';
    const duty = dutyIn(cell, how);
    if (typeof duty !== 'string') return [duty];
    faults.push(`row ${row}: ${duty}`);
    return [];
  });
  return { rows: read, faults };
}

function noColumn(name: string, column: string): UpstreamError {
  const text = `${name}: it has no column ${column}; write one into its first row`;
  return new UpstreamError(text, { service: name, retryable: false });
}

/** A text: what is wrong with it. */
function dutyIn(cell: (key: keyof typeof HEADS) => string, { intervals, dayIn }: HowToRead): DutyRow | string {
  const [task, interval, date] = [cell('task'), cell('interval'), cell('date')];
  const [main, backup] = [namesIn(cell('main')), namesIn(cell('backup'))];
  if (task === '') return 'no task is named';
  if (main.length === 0) return `nobody is named for ${task}`;
  const duty = { task, interval, main, backup };
  if (date !== '') {
    const from = dayIn(date);
    return from === null ? `${task}: ${date} is not a day as this sheet writes them` : { ...duty, on: null, from };
  }
  if (interval === '') return `${task} has neither an interval nor a day`;
  const known = intervals[interval.toLowerCase()] ?? USUAL_INTERVALS[interval.toLowerCase()];
  if (known !== undefined) return { ...duty, on: known, from: null };
  const read = readOn(interval);
  return 'fault' in read ? `${task}: ${interval} ${read.fault}` : { ...duty, on: read.on, from: null };
}

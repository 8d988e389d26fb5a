import { many } from '../../platform/numbers.ts';
import { type Block, type Column, fromTo } from '../summary/blocks.ts';
import { type SummaryIssue, allOf } from '../summary/summarize.ts';
import { listOf, nameWith } from '../summary/tables.ts';
import { type Compared, comparedInAll } from './compare.ts';

/** Issues of each list that are shown. */
const MOST = 5;

/** Events before and now, and issues gained and lost, filter by filter. */
export function changesTable(compared: readonly Compared[]): readonly Block[] {
  const heads = ['events before', 'now', 'change', 'issues gained', 'lost'];
  const columns: readonly Column[] = [
    { head: 'filter', least: 14 },
    { head: '', least: 9 },
    ...heads.map((head) => ({ head, least: 8, isNumber: true })),
  ];
  const rows = compared.map(({ name, change, before, now, gained, lost }) => [
    nameWith(name, [before, now]),
    change,
    ...fromTo(eventsIn(before), eventsIn(now)),
    ...[gained, lost].map(({ length }) => (length === 0 ? '' : String(length))),
  ]);
  return [{ columns, rows }];
}

function eventsIn(summary: Compared['now']): number | undefined {
  return summary?.totals.reduce((sum, { events }) => sum + events, 0);
}

/** The biggest issues that each filter gains and loses. */
export function differences(compared: readonly Compared[]): readonly Block[] {
  return compared.flatMap(({ name, gained, lost }) => [
    ...some(`${name} gains`, gained),
    ...some(`${name} loses`, lost),
  ]);
}

/** What matters most: an issue that no filter counts any more. */
export function inAll(compared: readonly Compared[]): readonly Block[] {
  const { gained, lost } = comparedInAll(compared);
  return [...some('no filter before found', gained), ...some('no filter finds any more', lost)];
}

function some(words: string, issues: readonly SummaryIssue[]): readonly Block[] {
  const events = issues.reduce((sum, it) => sum + it.events, 0);
  const shown = issues.length > MOST ? `; the biggest ${MOST}:` : '';
  return listOf(
    `${words} ${many(issues.length, 'issue')} with ${many(events, 'event')}${shown}`,
    issues.slice(0, MOST),
  );
}

/** How many records each sink would have got, and would get. */
export function recordsTable(compared: readonly Compared[], sinks: readonly string[]): readonly Block[] {
  if (sinks.length === 0) return [];
  const columns: readonly Column[] = [
    { head: 'records for', least: 14 },
    ...['before', 'now', 'change'].map((head) => ({ head, least: 8, isNumber: true })),
  ];
  const rows = sinks.map((sink) => [
    sink,
    ...fromTo(recordsFor(sink, compared, 'before'), recordsFor(sink, compared, 'now')),
  ]);
  return [{ columns, rows }];
}

function recordsFor(sink: string, compared: readonly Compared[], which: 'before' | 'now'): number {
  return allOf(compared.flatMap((it) => it[which]?.sinks.get(sink) ?? [])).shown;
}

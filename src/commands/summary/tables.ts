import type { Block, IssueLine } from './blocks.ts';
import { allOf, type Summary, type SummaryIssue } from './summarize.ts';

/** Issues of each filter that are shown. */
export interface Most {
  readonly trending: number;
  readonly biggest: number;
  /** Says how many there are when there are more. */
  readonly isTold: boolean;
}

export function countsTable(summaries: readonly Summary[]): readonly Block[] {
  const rows = summaries.flatMap((summary) => {
    const totals = summary.totals.map(({ project, events, issues, users }) => [
      project,
      String(events),
      issues === null ? '?' : String(issues),
      String(users),
    ]);
    const shown = totals.length === 0 ? [['-', '-', '-', '-']] : totals;
    return shown.map((cells, index) => [index === 0 ? nameWith(summary.filter, [summary]) : '', ...cells]);
  });
  const columns = [
    { head: 'filter', least: 14 },
    { head: 'project', least: 10 },
    ...['events', 'issues', 'users'].map((head) => ({ head, least: 8, isNumber: true })),
  ];
  return [{ columns, rows }];
}

/** The filter's name, marked when something of it is missing. */
export function nameWith(filter: string, summaries: readonly (Summary | undefined)[]): string {
  const all = summaries.filter((it) => it !== undefined);
  if (all.some(({ windows, unread }) => unread === windows)) return `${filter} (not read)`;
  return all.some(({ incomplete, unread }) => incomplete + unread > 0) ? `${filter} (incomplete)` : filter;
}

/** What trends in each filter, the highest score first, and its biggest issues. */
export function issuesTable(summaries: readonly Summary[], most: Most): readonly Block[] {
  return summaries.flatMap(({ filter, issues, windows }) => {
    const trending = issues.filter(({ trended }) => trended > 0).toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0));
    return [
      ...listOf(headOf('trending', filter, trending, most), trending.slice(0, most.trending), (it) =>
        trendedIn(it, windows),
      ),
      ...listOf(headOf('biggest', filter, issues, most), issues.slice(0, most.biggest)),
    ];
  });
}

function headOf(which: 'trending' | 'biggest', filter: string, issues: readonly SummaryIssue[], most: Most): string {
  const rest = most.isTold && issues.length > most[which] ? `, ${most[which]} of ${issues.length}` : '';
  return `${which} in ${filter}${rest}`;
}

/** Nothing where there is none. */
export function listOf(
  words: string,
  issues: readonly SummaryIssue[],
  remark: (issue: SummaryIssue) => string | undefined = () => undefined,
): readonly Block[] {
  if (issues.length === 0) return [];
  const lines = issues.map((issue): IssueLine => {
    const { events, state, title, url, id } = issue;
    return { events, state, title: title ?? `issue ${id}`, url, remark: remark(issue) };
  });
  return [{ words }, { issues: lines }];
}

function trendedIn({ trended }: SummaryIssue, windows: number): string | undefined {
  return windows === 1 ? undefined : `in ${trended} of ${windows} windows`;
}

/** What each sink got, or would get, of all of them. */
export function sinksTable(summaries: readonly Summary[]): readonly Block[] {
  const names = [...new Set(summaries.flatMap(({ sinks }) => [...sinks.keys()]))];
  const rows = names.map((name) => {
    const { statuses, accepted, shown } = allOf(summaries.flatMap(({ sinks }) => sinks.get(name) ?? []));
    return [
      name,
      [...statuses].join(', '),
      accepted > 0 ? `accepted ${accepted} records` : `would take ${shown} records`,
    ];
  });
  return rows.length === 0 ? [] : [{ columns: [10, 13, 0].map((least) => ({ head: '', least })), rows }];
}

/** Why counts are not whole. */
export function reasonsTable(summaries: readonly Summary[]): readonly Block[] {
  return summaries.flatMap(({ filter, windows, reasons }) =>
    [...reasons].map(([reason, count]) => {
      const where = windows === 1 ? '' : ` (${count} of ${windows} windows)`;
      return { words: `${filter}${where}: ${reason}` };
    }),
  );
}

import { factsOf, type WindowFacts } from '../../model/alerting/facts.ts';
import type { Filter } from '../../model/filter.ts';
import { makeReport } from '../../model/make-report.ts';
import {
  type Baseline,
  BASELINES,
  baselineSpan,
  type Details,
  type IssueRow,
  type Reading,
  type SeriesCount,
} from '../../model/reading.ts';
import { DAY_MS, HOUR_MS, PERIOD_MS, type Window, windowsOf } from '../../model/window.ts';

/** What a source's own series say of a filter. */
export interface CountedSeries {
  /** All of the filter, by windows. */
  readonly total: readonly SeriesCount[];
  /** The whole span at once: its issues, and what is known of them. */
  readonly reading: Pick<Reading, 'source' | 'org' | 'issues' | 'details' | 'firstSeenBy' | 'returns'>;
  /** By issue id, those that were counted by windows. */
  readonly issues: ReadonlyMap<string, readonly SeriesCount[]>;
}

/** What must be counted so that the trends of a span can be judged: from the same hour a week before it on. */
export function withPast({ start, end }: Window): Window {
  return { start: Math.floor(start / HOUR_MS) * HOUR_MS - 7 * DAY_MS - PERIOD_MS, end };
}

/** What must be counted so that it can be judged whether an issue came back. */
export function withHourBefore({ start, end }: Window): Window {
  return { start: start - HOUR_MS, end };
}

/**
 * The windows of a span as a run would have counted them, in order, as far as series can say: issues by the functions
 * that judge them in a run. Of an issue that was not counted by windows only its first event is known.
 */
export function historyOfSeries(filter: Filter, span: Window, counted: CountedSeries): readonly WindowFacts[] {
  const total = countsIn(counted.total);
  const issues = rowsOf(counted);
  const details = new Map([...counted.reading.details].map(([id, it]) => [id, asItWas(it)]));
  return windowsOf(span).flatMap((window) => {
    const count = total.get(window.start);
    if (count === undefined) return [];
    const rows = issues
      .flatMap(({ row, counts }) => rowIn(row, counts.get(window.start)?.events ?? 0))
      .sort((a, b) => b.events - a.events || (a.issueId < b.issueId ? -1 : 1));
    const baselines = baselinesOf(window, rows, issues);
    const report = makeReport(filter, window, readingOf(filter, count, { ...counted, rows, details, baselines }));
    // A series has none, so none is known.
    return [{ ...factsOf(report), usersAtLeast: true }];
  });
}

type Counts = ReadonlyMap<number, SeriesCount>;

interface Row {
  readonly row: IssueRow;
  /** By the window's start. */
  readonly counts: Counts;
}

function countsIn(series: readonly SeriesCount[]): Counts {
  return new Map(series.map((count) => [count.start, count]));
}

function rowsOf({ reading, issues }: CountedSeries): readonly Row[] {
  return reading.issues.map((row): Row => {
    const series = issues.get(row.issueId) ?? firstEvent(reading.details.get(row.issueId));
    return { row, counts: countsIn(series) };
  });
}

/** Since it was seen then, it had an event at least. */
function firstEvent(details: Details | undefined): readonly SeriesCount[] {
  const at = details?.firstSeen ?? null;
  return at === null ? [] : [{ start: Math.floor(at / PERIOD_MS) * PERIOD_MS, events: 1, complete: false }];
}

function rowIn(row: IssueRow, events: number): readonly IssueRow[] {
  return events === 0 ? [] : [{ ...row, events, users: 0 }];
}

/** NOTE: it may have been resolved since; then it was not. */
function asItWas(details: Details): Details {
  return details.status === 'resolved' ? { ...details, status: 'unresolved' } : details;
}

function baselinesOf(window: Window, rows: readonly IssueRow[], issues: readonly Row[]): readonly Baseline[] {
  if (rows.length === 0) return [];
  const counts = new Map(issues.map(({ row, counts: of }) => [row.issueId, of]));
  return BASELINES.map((name): Baseline => {
    const span = baselineSpan(name, window);
    const sumOf = (of: Counts): number =>
      windowsOf(span).reduce((sum, { start }) => sum + (of.get(start)?.events ?? 0), 0);
    return { name, span, events: new Map(rows.map(({ issueId }) => [issueId, sumOf(counts.get(issueId)!)])) };
  });
}

type Found = Pick<CountedSeries, 'reading'> & {
  readonly rows: readonly IssueRow[];
  readonly details: ReadonlyMap<string, Details>;
  readonly baselines: readonly Baseline[];
};

function readingOf(
  { projects }: Filter,
  { events, complete }: SeriesCount,
  { reading, rows, details, baselines }: Found,
): Reading {
  return {
    source: reading.source,
    org: reading.org,
    totals: [{ project: projects[0] ?? '', projectId: '', events, users: 0 }],
    issues: rows,
    splits: [],
    details,
    firstSeenBy: reading.firstSeenBy,
    returns: reading.returns,
    baselines,
    unattributed: 0,
    gaps: complete ? [] : [{ part: 'totals', reason: 'not_answered' }],
    warnings: [],
    url: null,
  };
}

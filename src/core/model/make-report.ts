import { asksState, type Filter } from './filter.ts';
import type { Gap, GapPart, GapReason } from './gap.ts';
import type { Details, IssueRow, Reading } from './reading.ts';
import type { Report, ReportIssue, ReportView, TagCount } from './report.ts';
import { judgeTrend } from './trends.ts';
import { reportId, type Window } from './window.ts';

/** Parts without which a report's numbers are not the whole truth. Details and baselines are decoration. */
const COUNTED: ReadonlySet<GapPart> = new Set(['totals', 'issues', 'splits']);

/** Only the biggest issues can be trending: the past of the others is not read. */
export const CANDIDATES = 100;

/** Everything a report says follows from its arguments. */
export function makeReport(filter: Filter, window: Window, reading: Reading): Report {
  const mayTrend = (row: IssueRow, index: number): boolean =>
    index < CANDIDATES && (filter.trendArchived === true || !isClosed(reading.details.get(row.issueId)));
  const issues = ranked(reading.issues.map((row, index) => judged(row, mayTrend(row, index), window, reading)));
  const { source, org, splits, gaps, warnings, unattributed, url, spans, timings, held } = reading;
  const isUnread =
    issues.length === 0 && gaps.some(({ part, reason }) => part === 'issues' && reason === 'not_answered');
  const totals = reading.totals.map((total) => ({
    ...total,
    issues: isUnread ? null : countOf(issues, total.project),
  }));
  return {
    id: reportId(filter.name, window),
    revision: 0,
    filter,
    org,
    window,
    source,
    complete: isComplete(gaps),
    gaps,
    warnings,
    totals,
    issues,
    splits,
    unattributed,
    ...(spans === undefined ? {} : { spans }),
    ...(timings === undefined ? {} : { timings }),
    ...(held === undefined ? {} : { held }),
    url,
  };
}

const READ_LATER: Gap = {
  part: 'totals',
  reason: 'state_read_later',
  detail: 'the query asks for a state: counted is by the state of now, not by that of the window',
};

/** Of a window that was read later than it should: what it says by a state is not what it would have said then. */
export function readLater(filter: Filter, reading: Reading): Reading {
  return asksState(filter) ? { ...reading, gaps: [...reading.gaps, READ_LATER] } : reading;
}

type Unranked = Omit<ReportIssue, 'rank'>;

function judged(row: IssueRow, mayTrend: boolean, window: Window, reading: Reading): Unranked {
  const { baselines, firstSeenBy = 'event', returns } = reading;
  const details = reading.details.get(row.issueId) ?? null;
  const past = baselines.flatMap(({ name, span, events }) => {
    const count = events.get(row.issueId);
    return count === undefined ? [] : [{ name, span, events: count }];
  });
  const trend = judgeTrend({
    events: row.events,
    window,
    firstSeen: details?.firstSeen ?? null,
    firstSeenBy,
    regressed: details?.substatus === 'regressed',
    returns: returns?.get(row.issueId) ?? null,
    hour: past.find(({ name }) => name === '1h') ?? null,
    earlier: past.filter(({ name }) => name !== '1h'),
  });
  return { ...row, details, ...trend, trending: mayTrend && trend.trending };
}

/** Somebody archived or resolved it: it is known, and nobody is to be told. */
function isClosed(details: Details | undefined): boolean {
  return details?.status === 'resolved' || details?.status === 'ignored';
}

/** In the rows' order, each with its place: trending ones by score, then the others by events. */
function ranked(issues: readonly Unranked[]): readonly ReportIssue[] {
  const order = issues.toSorted(
    (a, b) => Number(b.trending) - Number(a.trending) || (a.trending ? (b.score ?? 0) - (a.score ?? 0) : 0),
  );
  const places = new Map(order.map(({ issueId }, index) => [issueId, index + 1]));
  return issues.map((issue) => ({ ...issue, rank: places.get(issue.issueId)! }));
}

export function isComplete(gaps: readonly Pick<Gap, 'part'>[]): boolean {
  return !gaps.some(({ part }) => COUNTED.has(part));
}

/** The first reason that makes a project's (or, without one, the filter's) numbers incomplete; '' when none does. */
export function reasonFor(gaps: readonly Gap[], project?: string): GapReason | '' {
  const gap = gaps.find(
    (it) => COUNTED.has(it.part) && (project === undefined || it.project === undefined || it.project === project),
  );
  return gap?.reason ?? '';
}

/** One project's numbers; null: at least so many is all that is known, or not even that. */
export interface KnownCount {
  readonly project: string;
  readonly events: number | null;
  readonly issues: number | null;
  readonly users: number | null;
}

/**
 * What may go where nothing can mark a gap. A number with a gap would look like a whole one there, and a zero like an
 * all-clear. Rows that were all read say how many issues there are, also when they and the totals disagree.
 */
export function knownCounts({ totals, gaps }: Pick<Report, 'totals' | 'gaps'>): readonly KnownCount[] {
  return totals.map(({ project, events, issues, users }) => {
    if (hasGap(gaps, 'totals', project)) return { project, events: null, issues: null, users: null };
    const others = gaps.filter(({ reason }) => reason !== 'rows_differ');
    return { project, events, users, issues: hasGap(others, 'issues', project) ? null : issues };
  });
}

function hasGap(gaps: readonly Gap[], part: GapPart, project: string): boolean {
  return gaps.some((gap) => gap.part === part && (gap.project === undefined || gap.project === project));
}

function countOf(issues: readonly ReportIssue[], project: string): number {
  return issues.filter((issue) => issue.project === project).length;
}

/** So many combinations of tags are remembered. */
const TAGS_KEPT = 25;

/** Over all issues, most events first. */
export function tagsOf(splits: Report['splits']): readonly TagCount[] {
  const byTags = new Map<string, TagCount>();
  for (const { tags, events } of splits) {
    const name = JSON.stringify(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)));
    byTags.set(name, { tags, events: events + (byTags.get(name)?.events ?? 0) });
  }
  const order = [...byTags].sort(([a, one], [b, other]) => other.events - one.events || (a < b ? -1 : 1));
  return order.slice(0, TAGS_KEPT).map(([, count]) => count);
}

/** A report as it is answered and remembered. */
export function viewOf({
  filter,
  splits,
  issues,
  spans: _spans,
  timings: _timings,
  held: _held,
  ...rest
}: Report): ReportView {
  return {
    ...rest,
    tags: tagsOf(splits),
    listed: issues
      .filter(({ trending }) => trending)
      .toSorted((a, b) => a.rank - b.rank)
      .slice(0, filter.top),
  };
}

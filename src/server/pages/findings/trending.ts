import type { ReportIssue } from '../../../core/model/report.ts';
import type { FilterData } from '../data/model.ts';

/** A trending issue, and the filters of one team that see it. */
export interface TrendingIssue {
  readonly issue: ReportIssue;
  /** The first counts most of it. */
  readonly filters: readonly FilterData[];
}

/** By team: each issue once, by score. */
export function trendingByTeam(filters: readonly FilterData[]): ReadonlyMap<string, readonly TrendingIssue[]> {
  const teams = new Map<string, Map<string, TrendingIssue>>();
  for (const filter of filters) {
    for (const issue of filter.report?.issues.filter(({ trending }) => trending) ?? []) {
      const issues = teams.get(filter.team ?? '') ?? new Map<string, TrendingIssue>();
      teams.set(filter.team ?? '', issues.set(issue.issueId, joined(issues.get(issue.issueId), issue, filter)));
    }
  }
  return new Map(
    [...teams].sort(([a], [b]) => (a < b ? -1 : 1)).map(([team, issues]) => [team, [...issues.values()].sort(byScore)]),
  );
}

function joined(known: TrendingIssue | undefined, issue: ReportIssue, filter: FilterData): TrendingIssue {
  if (known === undefined) return { issue, filters: [filter] };
  if (issue.events > known.issue.events) return { issue, filters: [filter, ...known.filters] };
  return { issue: known.issue, filters: [...known.filters, filter] };
}

/** Without a past by events. */
export function byScore({ issue: a }: TrendingIssue, { issue: b }: TrendingIssue): number {
  return (b.score ?? 0) - (a.score ?? 0) || b.events - a.events;
}

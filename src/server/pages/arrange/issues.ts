import type { ReportIssue } from '../../../core/model/report.ts';
import type { FilterData } from '../data/model.ts';
import { plain } from '../html.ts';
import { byName } from './natural.ts';

/** An issue, and the filters of one team that see it. */
export interface SeenIssue {
  readonly issue: ReportIssue;
  /** The first counts most of it. */
  readonly filters: readonly FilterData[];
}

/** What it is called: a title that shows nothing is none. */
export function nameOf({ issueId, details }: ReportIssue): string {
  return [details?.title, details?.shortId].find((text) => text != null && plain(text).trim() !== '') ?? issueId;
}

/** By team: each issue once, those that trend first, by score. */
export function issuesByTeam(
  filters: readonly FilterData[],
  isWanted: (issue: ReportIssue) => boolean,
): ReadonlyMap<string, readonly SeenIssue[]> {
  const teams = new Map<string, Map<string, SeenIssue>>();
  for (const filter of filters) {
    for (const issue of filter.report?.issues.filter(isWanted) ?? []) {
      const issues = teams.get(filter.team ?? '') ?? new Map<string, SeenIssue>();
      teams.set(filter.team ?? '', issues.set(issue.issueId, joined(issues.get(issue.issueId), issue, filter)));
    }
  }
  const names = [...teams].sort(([a], [b]) => Number(a === '') - Number(b === '') || byName(a, b));
  return new Map(names.map(([team, issues]) => [team, [...issues.values()].sort(byScore)]));
}

export function trendingByTeam(filters: readonly FilterData[]): ReadonlyMap<string, readonly SeenIssue[]> {
  return issuesByTeam(filters, ({ trending }) => trending);
}

function joined(known: SeenIssue | undefined, issue: ReportIssue, filter: FilterData): SeenIssue {
  if (known === undefined) return { issue, filters: [filter] };
  if (issue.events > known.issue.events) return { issue, filters: [filter, ...known.filters] };
  return { issue: known.issue, filters: [...known.filters, filter] };
}

/** Those that trend first; without a past by events. */
export function byScore({ issue: a }: SeenIssue, { issue: b }: SeenIssue): number {
  return Number(b.trending) - Number(a.trending) || (b.score ?? 0) - (a.score ?? 0) || b.events - a.events;
}

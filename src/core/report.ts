import type { Details, Filter, Gap, GapPart, IssueState, Reading, Report, ReportIssue, Window } from './types.ts';
import { reportId } from './window.ts';

/** Parts without which a report's numbers are not the whole truth. Details and baselines are decoration. */
const COUNTED: ReadonlySet<GapPart> = new Set(['totals', 'issues', 'splits']);

/** Everything a report says follows from its arguments. */
export function makeReport(filter: Filter, org: string, window: Window, reading: Reading): Report {
  const issues = reading.issues.map((row, index): ReportIssue => {
    const details = reading.details.get(row.issueId) ?? null;
    return { ...row, rank: index + 1, details, state: stateOf(details, window) };
  });
  const { source, splits, gaps, warnings, unattributed, url } = reading;
  const totals = reading.totals.map((total) => ({ ...total, issues: countOf(issues, total.project) }));
  return { id: reportId(filter.name, window), revision: 0, filter, org, window, source, complete: isComplete(gaps), gaps, warnings, totals, issues, splits, unattributed, url };
}

export function isComplete(gaps: readonly Gap[]): boolean {
  return !gaps.some(({ part }) => COUNTED.has(part));
}

/** The first reason that makes a project's (or, without one, the filter's) numbers incomplete; '' when none does. */
export function reasonFor(gaps: readonly Gap[], project?: string): string {
  const gap = gaps.find((it) => COUNTED.has(it.part) && (project === undefined || it.project === undefined || it.project === project));
  return gap?.reason ?? '';
}

function countOf(issues: readonly ReportIssue[], project: string): number {
  return issues.filter((issue) => issue.project === project).length;
}

// Sentry's own `new` lasts seven days, so it alone says nothing of this window.
function stateOf(details: Details | null, window: Window): IssueState {
  if (details?.firstSeen != null && details.firstSeen >= window.start && details.firstSeen < window.end) return 'new';
  return details?.substatus === 'regressed' ? 'regressed' : 'ongoing';
}

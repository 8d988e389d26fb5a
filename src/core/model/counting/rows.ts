import type { Gap } from '../gap.ts';
import type { IssueRow, Split } from '../reading.ts';
import type { IssueTally } from './counts.ts';
import type { Tally } from './tally.ts';

/** A project of a filter, as its events were counted. */
export interface CountedProject {
  readonly slug: string;
  readonly tally: Tally;
}

/** An issue as the events tell it. */
export interface CountedIssue extends IssueRow {
  readonly tally: IssueTally;
}

/** The issues of a filter, most events first. `urlOf`: where a person can look at one, by its id. */
export function issuesOf(
  projects: readonly CountedProject[],
  urlOf: (issueId: string) => string,
): readonly CountedIssue[] {
  const issues = projects.flatMap(({ slug: project, tally }) =>
    [...tally.issues].map(([issueId, issue]): CountedIssue => ({
      issueId,
      project,
      url: urlOf(issueId),
      events: issue.events,
      users: issue.users.size,
      tally: issue,
    })),
  );
  return issues.sort(compareCounts);
}

/** Most events first. */
export function splitsOf(projects: readonly CountedProject[]): readonly Split[] {
  const splits = projects.flatMap(({ slug: project, tally }) =>
    [...tally.splits.values()].map((split) => ({ ...split, project })),
  );
  return splits.sort(compareCounts);
}

function compareCounts(a: Counted, b: Counted): number {
  return b.events - a.events || compareIds(a.issueId, b.issueId);
}

interface Counted {
  readonly issueId: string;
  readonly events: number;
}

/** Orders ids of issues: whole numbers as text, too long for some to compare as numbers. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}

/** What is said where rows are left out. */
export function cutGaps(part: 'issues' | 'splits', rows: number, maxRows: number): readonly Gap[] {
  return rows > maxRows ? [{ part, reason: 'row_limit', detail: `more than ${maxRows} rows (MAX_ROWS)` }] : [];
}

import type { Gap, GapPart } from './gap.ts';
import type { Report } from './report.ts';

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

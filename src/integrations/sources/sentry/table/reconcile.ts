import type { Gap } from '../../../../core/model/gap.ts';
import type { IssueRow, Split, Total } from '../../../../core/model/reading.ts';
import { queuedAs } from '../api/client.ts';
import { numberIn, readTotals } from '../api/rows.ts';
import { PRIORITY } from '../limits/priority-queue.ts';
import { sum, totalsOf } from './counts.ts';
import type { Located, TableRead } from './read-parts.ts';

export interface Sums {
  readonly totals: readonly Total[];
  readonly unattributed: number;
  readonly gaps: readonly Gap[];
}

/**
 * Compares totals and rows. Late events may have come between the two requests, so the totals are read once more; what
 * then remains is said. When rows are missing for a known reason, there is nothing to compare.
 */
export async function reconcile(
  located: Located,
  totals: readonly Total[],
  issues: readonly IssueRow[],
  read: TableRead,
): Promise<Sums> {
  const { target, parts } = located;
  if (target.ask.want === 'totals') return { totals, gaps: [], unattributed: 0 };
  if (parts.rows.gaps.length > 0) return { totals, gaps: [], unattributed: Math.max(0, sum(totals) - sum(issues)) };
  const inRows = parts.rows.rows.reduce((all, row) => all + numberIn(row, 'count()'), 0);
  const again = sum(totals) === inRows ? totals : await readAgain(located, totals, read);
  const missing = sum(again) - sum(issues);
  if (missing === 0) return { totals: again, unattributed: 0, gaps: [] };
  const detail =
    missing > 0
      ? `${missing} events belong to no issue that Sentry shows`
      : `the issues hold ${-missing} events more than the totals`;
  return {
    totals: again,
    unattributed: Math.max(0, missing),
    gaps: [{ part: 'issues', reason: 'rows_differ', detail }],
  };
}

/** `before`: what serves when they cannot be had. */
function readAgain(
  { target }: Located,
  before: readonly Total[],
  { client, rest }: TableRead,
): Promise<readonly Total[]> {
  const scope = queuedAs(rest, PRIORITY.rows, target.ask.filter.name);
  return readTotals(client, target.selection, scope).then(
    (table) => totalsOf(target, table.rows),
    () => before,
  );
}

/** Splits that were read to the end must add up to the issues. */
export function splitGaps(
  { target, parts }: Located,
  issues: readonly IssueRow[],
  splits: readonly Split[],
): readonly Gap[] {
  const missing = sum(issues) - sum(splits);
  const isWhole = parts.rows.gaps.length + parts.splits.gaps.length === 0;
  if (target.ask.filter.tags.length === 0 || !isWhole || missing === 0) return [];
  const detail = `issues and their splits differ by ${Math.abs(missing)} events`;
  return [{ part: 'splits', reason: 'rows_differ', detail }];
}

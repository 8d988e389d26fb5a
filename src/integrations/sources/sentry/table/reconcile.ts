import { UpstreamError } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { IssueRow, Split, Total } from '../../../../core/model/reading.ts';
import { queuedAs } from '../api/client.ts';
import { numberIn } from '../api/row.ts';
import { readTotals } from '../api/rows.ts';
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
 * then remains is said. When rows are missing for a known reason, totals that are higher are no surprise. Totals that
 * stay below the rows are none: throws.
 */
export async function reconcile(
  located: Located,
  totals: readonly Total[],
  issues: readonly IssueRow[],
  read: TableRead,
): Promise<Sums> {
  const { target, parts } = located;
  if (target.ask.want === 'totals') return { totals, gaps: [], unattributed: 0 };
  const inRows = parts.rows.rows.reduce((all, row) => all + numberIn(row, 'count()'), 0);
  const isWhole = parts.rows.gaps.length === 0;
  const isDifferent = isWhole ? sum(totals) !== inRows : firstBelow(totals, issues) !== null;
  const again = isDifferent ? await readAgain(located, totals, read) : totals;
  const below = firstBelow(again, issues);
  if (below !== null) throw noTotals(below, read.client.name);
  const missing = sum(again) - sum(issues);
  if (missing <= 0 || !isWhole) return { totals: again, unattributed: Math.max(0, missing), gaps: [] };
  const detail = `${missing} events belong to no issue that Sentry shows`;
  return { totals: again, unattributed: missing, gaps: [{ part: 'issues', reason: 'rows_differ', detail }] };
}

interface Below {
  readonly project: string;
  readonly total: number;
  readonly inIssues: number;
}

/** A project whose issues hold more events than its total. */
function firstBelow(totals: readonly Total[], issues: readonly IssueRow[]): Below | null {
  for (const { project, events } of totals) {
    const inIssues = sum(issues.filter((issue) => issue.project === project));
    if (events < inIssues) return { project, total: events, inIssues };
  }
  return null;
}

function noTotals({ project, total, inIssues }: Below, service: string): UpstreamError {
  const message =
    `${service}: the events table answered ${total} events in all for ${project}, and ${inIssues} by issue: ` +
    'totals below their parts are no totals';
  return new UpstreamError(message, { service, status: 200, retryable: true });
}

/** `before`: what serves when they cannot be had. */
function readAgain(
  { target }: Located,
  before: readonly Total[],
  { client, rest }: TableRead,
): Promise<readonly Total[]> {
  const scope = queuedAs(rest, PRIORITY.rows, target.ask.filter.name);
  return readTotals(client, target.selection, scope).then(
    (table) => totalsOf(target, table),
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

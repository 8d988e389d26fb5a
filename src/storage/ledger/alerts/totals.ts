import type { FilterSpan, KeptTotal } from '../../../core/ports/alerting/alert-store.ts';
import { withoutIssues } from '../../alerts/without-issues.ts';
import type { Engine } from '../../database/engine.ts';
import { countsIn, IS_NEWEST } from './counts.ts';
import { withSpans } from './spans.ts';

/** Of every window that is kept, also of those that rules never saw. */
export async function totalsOver(
  engine: Engine,
  asks: readonly FilterSpan[],
): Promise<ReadonlyMap<string, readonly KeptTotal[]>> {
  if (asks.length === 0) return new Map();
  const rows = await withSpans(engine, asks)
    .selectFrom('given')
    .innerJoin('sentry_monitor_reports as report', (join) =>
      join
        .onRef('report.filter', '=', 'name')
        .onRef('report.window_start', '>=', 'since')
        .onRef('report.window_start', '<', 'before'),
    )
    .leftJoin('sentry_monitor_issue_windows as own', (join) =>
      join.onRef('own.filter', '=', 'report.filter').onRef('own.window_start', '=', 'report.window_start'),
    )
    .leftJoin('sentry_monitor_reports as first', (join) =>
      join
        .onRef('first.filter', '=', 'own.filter')
        .onRef('first.window_start', '=', 'own.window_start')
        .onRef('first.revision', '=', 'own.revision'),
    )
    .select(['report.filter', 'report.window_start', 'report.revision', 'report.totals', 'report.gaps'])
    .select('report.recorded_at')
    .select(['own.revision as of', 'own.spans', 'first.gaps as own_gaps'])
    .where(IS_NEWEST)
    .orderBy('report.window_start')
    .execute();
  const totals = rows.map((row) => {
    const { usersAtLeast: _atLeast, ...counts } = countsIn(row);
    const total = { start: row.window_start, ...counts, recordedAt: row.recorded_at };
    return { filter: row.filter, total: row.of === null ? withoutIssues(total) : total };
  });
  return new Map(
    [...Map.groupBy(totals, ({ filter }) => filter)].map(([filter, some]) => [filter, some.map(({ total }) => total)]),
  );
}

import { sql } from 'kysely';
import type { WindowFacts } from '../../../core/model/alerting/facts.ts';
import type { FilterCount } from '../../../core/ports/alerting/alert-store.ts';
import type { Columns, Engine } from '../../database/engine.ts';
import { withGiven } from '../../database/given-rows.ts';
import { type FactRow, windowsIn } from './window-facts.ts';

interface Given {
  readonly name: string;
  readonly at: number;
  readonly rev: number;
}
const GIVEN: Columns<Given> = { name: 'text', at: 'bigint', rev: 'integer' };

/** Of the rows of reports only the newest ones before the count that is asked about. */
const IS_LAST_BEFORE = sql<boolean>`not exists (select 1 from sentry_monitor_reports as later
  where later.filter = report.filter and later.window_start = report.window_start
    and later.revision > report.revision and later.revision < given.rev)`;

/** NOTE: a run keeps a report before it decides it, so that the newest report is what is just being decided. */
export async function earlierIn(
  engine: Engine,
  asks: readonly FilterCount[],
): Promise<ReadonlyMap<string, readonly WindowFacts[]>> {
  const again = asks.filter(({ revision }) => revision > 0);
  return again.length === 0 ? new Map() : windowsIn(engine, await rowsOf(engine, again));
}

async function rowsOf(engine: Engine, asks: readonly FilterCount[]): Promise<readonly FactRow[]> {
  const given = asks.map(({ filter, at, revision }) => ({ name: filter, at, rev: revision }));
  return withGiven(engine, GIVEN, given)
    .selectFrom('given')
    .innerJoin('sentry_monitor_issue_windows as own', (join) =>
      join.onRef('own.filter', '=', 'name').onRef('own.window_start', '=', 'at'),
    )
    .innerJoin('sentry_monitor_reports as report', (join) =>
      join
        .onRef('report.filter', '=', 'own.filter')
        .onRef('report.window_start', '=', 'own.window_start')
        .onRef('report.revision', '<', 'rev'),
    )
    .leftJoin('sentry_monitor_reports as first', (join) =>
      join
        .onRef('first.filter', '=', 'own.filter')
        .onRef('first.window_start', '=', 'own.window_start')
        .onRef('first.revision', '=', 'own.revision'),
    )
    .select(['own.filter', 'own.window_start', 'own.revision as of', 'own.issues', 'own.spans'])
    .select(['report.revision', 'report.totals', 'report.gaps', 'first.gaps as own_gaps'])
    .where(IS_LAST_BEFORE)
    .orderBy('own.filter')
    .orderBy('own.window_start')
    .execute();
}

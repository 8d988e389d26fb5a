import { sql } from 'kysely';
import type { Report, ReportView } from '../../core/model/report.ts';
import type { History, RunBegun, RunDone } from '../../core/ports/history.ts';
import type { Database } from '../database/database.ts';
import type { Engine } from '../database/engine.ts';
import { named, NAMED, withGiven } from '../database/given-rows.ts';
import { OF_A_READING, REPORT, REPORT_COLUMNS, rowOf, viewIn } from './report-rows.ts';

export interface HistoryDeps {
  readonly server: string;
  /** As `Deps.process`. */
  readonly process?: string | undefined;
}

/** Reports and runs in tables. */
export function sqlHistory(database: Database, who: HistoryDeps): History {
  return {
    put: async (reports) => {
      if (reports.length > 0) await putReports(await database.ready(), reports);
    },
    get: async (ids) => (ids.length === 0 ? new Map() : get(await database.ready(), ids)),
    began: async (run) => began(await database.ready(), run, who),
    ended: async (run) => ended(await database.ready(), run),
  };
}

/**
 * NOTE: a report is read again for a sink for which nothing of the earlier reading was kept. The later reading holds,
 * unless a sink was told the earlier one: what came late since would never be told to it.
 * In one order on all servers: two may keep the same reports at once, each for another sink.
 */
export async function putReports(engine: Engine, reports: readonly Report[]): Promise<void> {
  const readAt = sql<number>`cast(${engine.now()} as bigint)`;
  await withGiven(engine, REPORT, reports.map(rowOf))
    .insertInto('sentry_monitor_reports')
    .columns([...REPORT_COLUMNS, 'recorded_at', 'read_at'])
    .expression((query) =>
      query
        .selectFrom('given')
        .select([...REPORT_COLUMNS, engine.clock().as('recorded_at'), readAt.as('read_at')])
        .where(sql<boolean>`true`)
        .orderBy('report_id')
        .orderBy('revision'),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['report_id', 'revision'])
        .doUpdateSet(({ ref }) => Object.fromEntries(OF_A_READING.map((column) => [column, ref(`excluded.${column}`)])))
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('sentry_monitor_claims as told')
                .select('told.claim')
                .whereRef('told.filter', '=', 'sentry_monitor_reports.filter')
                .whereRef('told.window_start', '=', 'sentry_monitor_reports.window_start')
                .whereRef('told.report_id', '=', 'sentry_monitor_reports.report_id')
                .whereRef('told.revision', '=', 'sentry_monitor_reports.revision')
                .where('told.done', '=', 1),
            ),
          ),
        ),
    )
    .execute();
}

async function get(engine: Engine, ids: readonly string[]): Promise<ReadonlyMap<string, ReportView>> {
  const rows = await withGiven(engine, NAMED, named(ids))
    .selectFrom('sentry_monitor_reports')
    .selectAll()
    .where('report_id', 'in', (query) => query.selectFrom('given').select('name'))
    .orderBy('revision')
    .execute();
  return new Map(rows.map((row) => [row.report_id, viewIn(row)]));
}

async function began(
  { db, clock }: Engine,
  { runId, window, reports }: RunBegun,
  { server, ...who }: HistoryDeps,
): Promise<void> {
  const run = {
    run_id: runId,
    server,
    process: who.process ?? null,
    window_start: window.start,
    started_at: clock(),
    ended_at: null,
    outcome: null,
    source_requests: null,
    sink_requests: null,
    reports,
  };
  await db
    .insertInto('sentry_monitor_runs')
    .values(run)
    .onConflict((conflict) => conflict.column('run_id').doNothing())
    .execute();
}

async function ended({ db, clock }: Engine, { runId, outcome, sourceRequests, sinkRequests }: RunDone): Promise<void> {
  await db
    .updateTable('sentry_monitor_runs')
    .set({ ended_at: clock(), outcome, source_requests: sourceRequests, sink_requests: sinkRequests })
    .where('run_id', '=', runId)
    .execute();
}

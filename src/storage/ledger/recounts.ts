import { sql } from 'kysely';
import type { LateShare } from '../../core/model/aftermath.ts';
import type { Filter } from '../../core/model/filter.ts';
import type { ClaimKey } from '../../core/model/receipt.ts';
import { partsOf } from '../../core/model/window.ts';
import {
  type Count,
  COUNTER,
  type DueCount,
  type KnownCounts,
  type Recounted,
  type Recounts,
} from '../../core/ports/recounts.ts';
import type { Database } from '../database/database.ts';
import type { Engine } from '../database/engine.ts';
import type { ClaimRow, ReportRow } from '../database/tables.ts';
import { definitionOf, gapsIn, totalsIn } from './report-rows.ts';

export type RecountQueries = Omit<Recounts, 'stages' | 'sinks'>;

/** What was counted again, in tables. */
export function sqlRecounts(database: Database): RecountQueries {
  return {
    due: async (ask) => (ask.filters.length === 0 ? [] : due(await database.ready(), ask)),
    look: async (reports) => (reports.length === 0 ? new Map() : look(await database.ready(), reports)),
    note: async (found) => (found.length === 0 ? undefined : note(await database.ready(), found)),
    open: async (filters, from) => (filters.length === 0 ? [] : open(await database.ready(), filters, from)),
    shares: async (filters, from) => (filters.length === 0 ? [] : shares(await database.ready(), filters, from)),
  };
}

async function due(
  { db }: Engine,
  { filters, revision, from, to, most, isFreshAfterMs }: Parameters<Recounts['due']>[0],
): Promise<readonly DueCount[]> {
  const rows = await db
    .selectFrom('sentry_monitor_reports as report')
    .select(['report_id', 'filter', 'window_start', 'window_end'])
    .where('filter', 'in', filters)
    .where('revision', '=', 0)
    .where('window_start', '>=', from)
    .where('window_start', '<', to)
    .where(sql<boolean>`(read_at is null or read_at < window_end + cast(${isFreshAfterMs} as bigint))`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('sentry_monitor_recounts as counted')
            .select('counted.report_id')
            .whereRef('counted.report_id', '=', 'report.report_id')
            .where('counted.revision', '=', revision),
        ),
      ),
    )
    .orderBy('window_start')
    .orderBy('filter')
    .limit(most)
    .execute();
  return rows.map(({ report_id, filter, window_start, window_end }) => ({
    reportId: report_id,
    filter,
    window: { start: window_start, end: window_end },
  }));
}

async function look(
  { db }: Engine,
  reports: readonly { readonly reportId: string; readonly filter: Filter }[],
): Promise<ReadonlyMap<string, KnownCounts>> {
  const ids = reports.map(({ reportId }) => reportId);
  const rows = await db
    .selectFrom('sentry_monitor_reports')
    .select(['report_id', 'revision', 'totals', 'gaps', 'definition', 'recorded_at'])
    .where('report_id', 'in', ids)
    .orderBy('revision')
    .execute();
  const claims = await claimsOf(db, ids);
  const [rowsOf, claimsBy] = [Map.groupBy(rows, (row) => row.report_id), Map.groupBy(claims, (row) => row.report_id)];
  return new Map(
    reports.flatMap(({ reportId, filter }): [string, KnownCounts][] => {
      const own = rowsOf.get(reportId);
      if (own === undefined) return [];
      const told = toldOf(claimsBy.get(reportId) ?? [], own);
      return [
        [reportId, { counts: own.map(countIn), told, isSameFilter: own[0]!.definition === definitionOf(filter) }],
      ];
    }),
  );
}

type ReadRow = Pick<ReportRow, 'revision' | 'totals' | 'gaps' | 'recorded_at'>;
type ToldRow = Pick<ClaimRow, 'report_id' | 'revision' | 'sink' | 'created_at'>;

/** Claims of sinks on these reports. NOTE: asked for by filter and window, which have an index. */
async function claimsOf(db: Engine['db'], ids: readonly string[]): Promise<readonly ToldRow[]> {
  const parts = ids.map((id) => partsOf(id)).filter((it) => it !== null);
  if (parts.length === 0) return [];
  return db
    .selectFrom('sentry_monitor_claims')
    .select(['report_id', 'revision', 'sink', 'created_at'])
    .where('filter', 'in', [...new Set(parts.map(({ filter }) => filter))])
    .where('sink', '!=', COUNTER)
    .where('window_start', 'in', [...new Set(parts.map(({ start }) => start))])
    .execute();
}

function countIn({ revision, totals, gaps }: ReadRow): Count {
  return { revision, totals: totalsIn(totals), gaps: gapsIn(gaps) };
}

function toldOf(claims: readonly ToldRow[], own: readonly ReadRow[]): KnownCounts['told'] {
  return claims.map(({ revision, sink, created_at: at }) => ({
    revision,
    sink,
    isUnknown: own.some((row) => row.revision === revision && row.recorded_at < at),
  }));
}

/** NOTE: who comes second with the same count changes nothing. */
async function note({ db, clock }: Engine, found: readonly Recounted[]): Promise<void> {
  const rows = found.map(({ reportId, revision, filter, window, events }) => ({
    report_id: reportId,
    revision,
    filter,
    window_start: window.start,
    recorded_at: clock(),
    first_events: events?.first ?? null,
    events: events?.now ?? null,
  }));
  await db
    .insertInto('sentry_monitor_recounts')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['report_id', 'revision']).doNothing())
    .execute();
}

async function open({ db }: Engine, filters: readonly string[], from: number): Promise<readonly ClaimKey[]> {
  const rows = await db
    .selectFrom('sentry_monitor_claims as claim')
    .select(['report_id', 'revision', 'sink'])
    .where('filter', 'in', filters)
    .where('window_start', '>=', from)
    .where('revision', '>', 0)
    .where('done', '=', 0)
    .where('items', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('sentry_monitor_claims as before')
            .select('before.claim')
            .whereRef('before.filter', '=', 'claim.filter')
            .whereRef('before.sink', '=', 'claim.sink')
            .whereRef('before.window_start', '=', 'claim.window_start')
            .whereRef('before.revision', '<', 'claim.revision')
            .where('before.done', '=', 0),
        ),
      ),
    )
    .orderBy('window_start')
    .orderBy('claim')
    .execute();
  return rows.map(({ report_id, revision, sink }) => ({ reportId: report_id, revision, sink }));
}

async function shares({ db }: Engine, filters: readonly string[], from: number): Promise<readonly LateShare[]> {
  return db
    .selectFrom('sentry_monitor_recounts')
    .select(({ fn }) => [
      'filter',
      'revision',
      fn.countAll<number>().as('windows'),
      sql<number>`cast(sum(events) as bigint)`.as('events'),
      sql<number>`cast(sum(events - first_events) as bigint)`.as('late'),
    ])
    .where('filter', 'in', filters)
    .where('window_start', '>=', from)
    .where('events', 'is not', null)
    .where('first_events', 'is not', null)
    .groupBy(['filter', 'revision'])
    .orderBy('filter')
    .orderBy('revision')
    .execute();
}

import { sql } from 'kysely';
import type { Decided, FilterHead } from '../../../core/ports/alerting/alert-store.ts';
import type { RuleHeadRow } from '../../database/alert-tables.ts';
import type { Engine } from '../../database/engine.ts';
import { allGiven, named, NAMED, withGiven } from '../../database/given-rows.ts';
import { keepRest } from './steps/parts.ts';

/**
 * Locks the filters' heads to the transaction's end, and keeps what was left to be kept of them. NOTE: in one order in
 * every statement, so that no two servers wait for each other. Each lock has its number: who began a decision before it
 * learns so that the filter is not as it was.
 */
export async function lockHeads(engine: Engine, filters: readonly string[]): Promise<ReadonlyMap<string, FilterHead>> {
  if (filters.length === 0) return new Map();
  const rows = await withGiven(engine, NAMED, named([...new Set(filters)]))
    .insertInto('sentry_monitor_rule_heads')
    .columns(['filter', 'number'])
    .expression((query) =>
      query
        .selectFrom('given')
        .select(['name', sql.lit(1).as('number')])
        .where(sql<boolean>`true`)
        .orderBy('name'),
    )
    .onConflict((conflict) =>
      conflict.column('filter').doUpdateSet({ number: sql<number>`sentry_monitor_rule_heads.number + 1` }),
    )
    .returningAll()
    .execute();
  for (const { filter, writing } of rows) if (writing !== null) await keepRest(engine, filter, writing);
  return headsIn(rows);
}

/** Without names of all. */
export async function headsOf(engine: Engine, filters?: readonly string[]): Promise<ReadonlyMap<string, FilterHead>> {
  if (filters === undefined)
    return headsIn(await engine.db.selectFrom('sentry_monitor_rule_heads').selectAll().execute());
  if (filters.length === 0) return new Map();
  return headsIn(await rowsOf(engine, filters).execute());
}

function rowsOf(engine: Engine, filters: readonly string[]) {
  return withGiven(engine, NAMED, named(filters))
    .selectFrom('sentry_monitor_rule_heads')
    .selectAll()
    .where('filter', 'in', (query) => query.selectFrom('given').select('name'));
}

/** Those that were written: a lock alone makes an empty row. */
function headsIn(rows: readonly RuleHeadRow[]): ReadonlyMap<string, FilterHead> {
  return new Map(
    rows.flatMap(({ filter, newest, print, loaded_at: loadedAt }): [string, FilterHead][] =>
      print === null || loadedAt === null ? [] : [[filter, { newest, print, loadedAt }]],
    ),
  );
}

/** Their rows were made by the lock. */
export async function writeHeads(engine: Engine, heads: Decided['heads']): Promise<void> {
  if (heads.length === 0) return;
  const rows = heads.map(({ filter, newest, print, loadedAt }) => ({
    name: filter,
    newest,
    print,
    loaded_at: loadedAt,
  }));
  await withGiven<{ name: string; newest: number | null; print: string; loaded_at: number }>(
    engine,
    { name: 'text', newest: 'bigint', print: 'text', loaded_at: 'bigint' },
    rows,
  )
    .insertInto('sentry_monitor_rule_heads')
    .columns(['filter', 'newest', 'print', 'loaded_at'])
    .expression(allGiven(['name', 'newest', 'print', 'loaded_at'], ['name']))
    .onConflict((conflict) =>
      conflict
        .column('filter')
        .doUpdateSet(({ ref }) => ({
          newest: ref('excluded.newest'),
          print: ref('excluded.print'),
          loaded_at: ref('excluded.loaded_at'),
        })),
    )
    .execute();
}

import { sql } from 'kysely';
import type { Columns, Engine } from '../database/engine.ts';
import { type Named, withGiven } from '../database/given-rows.ts';

/**
 * The beginning of a statement that changes claims: `mine` is what is given of them, and their rows are locked.
 * NOTE: in one order in every statement, so that no two servers wait for each other.
 */
export function lockClaims<T extends Named>(engine: Engine, columns: Columns<T>, rows: readonly T[]) {
  const lock = sql.raw(engine.locksRows ? 'for update of sentry_monitor_claims' : '');
  return withGiven<T>(engine, columns, rows).with(
    (cte) => cte('mine').materialized(),
    () => sql<T>`(select given.* from given inner join sentry_monitor_claims on claim = name order by claim ${lock})`,
  );
}

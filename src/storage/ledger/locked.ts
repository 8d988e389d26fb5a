import { sql } from 'kysely';
import type { Columns, Engine } from '../database/engine.ts';

export interface Named {
  readonly name: string;
}

export const NAMED: Columns<Named> = { name: 'text' };

export function named(names: readonly string[]): readonly Named[] {
  return names.map((name) => ({ name }));
}

/**
 * The beginning of a statement that changes claims: `mine` is what is said of them, and their rows are locked. NOTE: in one order in every
 * statement, so that no two servers wait for each other.
 */
export function locked<T extends Named>({ db, locksRows, given }: Engine, columns: Columns<T>, rows: readonly T[]) {
  const isLocked = sql.raw(locksRows ? 'for update of sentry_monitor_claims' : '');
  return db
    .with(
      (cte) => cte('said').materialized(),
      () => given<T>(columns, rows),
    )
    .with(
      (cte) => cte('mine').materialized(),
      () =>
        sql<T>`(select said.* from said inner join sentry_monitor_claims on claim = name order by claim ${isLocked})`,
    );
}

import { sql } from 'kysely';
import type { Columns, Engine } from './engine.ts';

export interface Named {
  readonly name: string;
}

export const NAMED: Columns<Named> = { name: 'text' };

export function named(names: readonly string[]): readonly Named[] {
  return names.map((name) => ({ name }));
}

/** The beginning of a statement that changes claims: what is `said` of them, and the rows, locked. NOTE: in one order in every statement, so that no two servers wait for each other. */
export function locked<T extends Named>({ db, locksRows, given }: Engine, columns: Columns<T>, rows: readonly T[]) {
  return db.with('said', () => given<T>(columns, rows))
    .with('mine', (query) => query.selectFrom('sentry_monitor_claims').select('claim as own')
      .where('claim', 'in', sql<string>`(select name from said)`).orderBy('claim').$if(locksRows, (it) => it.forUpdate()));
}

import { type RawBuilder, sql } from 'kysely';
import { chunks } from '../../core/model/chunks.ts';
import type { Columns, Engine, Rows } from './engine.ts';

/** Rows that a statement finds by a name alone. */
export interface Named {
  readonly name: string;
}

export const NAMED: Columns<Named> = { name: 'text' };

export function named(names: readonly string[]): readonly Named[] {
  return names.map((name) => ({ name }));
}

/** The beginning of a statement: what it is given is its table `given`, in the rows' order. */
export function withGiven<T extends object>({ db, given }: Engine, columns: Columns<T>, rows: Rows<T>) {
  return db.with(
    (cte) => cte('given').materialized(),
    () => given<T>(columns, rows),
  );
}

/** More of some hundred bytes each would take a statement too near to the time that it has. */
const AT_ONCE = 2_000;

export function inStatements<T>(rows: readonly T[]): readonly (readonly T[])[] {
  return chunks(rows, AT_ONCE);
}

/**
 * All rows of `given`, sorted, for an `insert`: statements that meet then lock rows in the same order. NOTE: without a
 * `where` SQLite takes the `on conflict` that follows for a part of a join.
 */
export function allGiven<Name extends string>(
  columns: readonly Name[],
  order: readonly NoInfer<Name>[],
): RawBuilder<unknown> {
  const list = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)));
  return sql`select ${list(columns)} from given where true order by ${list(order)}`;
}

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

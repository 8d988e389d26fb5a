import type { Compilable, Expression, Kysely, RawBuilder } from 'kysely';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/scope.ts';
import type { Table } from './table.ts';
import type { Tables } from './tables.ts';

export interface DatabaseDeps extends Pick<Clock, 'now'> {
  readonly log: Log;
  readonly leaseMs: number;
}

/** A database and the things in which the kinds differ. */
export interface Engine {
  readonly db: Kysely<Tables>;
  /** The clock that decides leases, epoch ms, as part of a statement. */
  clock(): RawBuilder<number>;
  /** The clock of this server, epoch ms. */
  now(): number;
  /** Rows are locked one by one; else there is only one writer at a time. */
  readonly locksRows: boolean;
  /**
   * A table of what a statement is given, as one value, in the rows' order. The statement has the same text however
   * many rows there are.
   */
  given<T extends object>(columns: Columns<T>, rows: Rows<T>): Expression<T>;
  /** Of all objects in a JSON list together, the number of this name, as part of a statement; 0 when there is none. */
  sumIn(list: Expression<string>, name: string): RawBuilder<number>;
  /** The texts of a group as one, with commas in between, in no order, as part of a statement. */
  joined(text: Expression<string>): RawBuilder<string>;
  /** Where the other text first is in a text, as part of a statement: 1 at its beginning, 0 when it is not in it. */
  placeIn(text: Expression<string>, part: string): RawBuilder<number>;
  /** A text with the capitals of English small, as part of a statement. */
  lowered(text: Expression<string>): RawBuilder<string>;
  /** What a statement finds, by column: of some hundred thousand rows, which are no objects then. */
  table(statement: Compilable): Promise<Table>;
  /** Gives the disk what deleted rows took. Absent: the database does so itself. */
  giveBack?(): Promise<void>;
  /** What is deleted from now on leaves nothing behind. Absent: the database has ways of its own. */
  overwrite?(): Promise<void>;
  /**
   * Of rows of these tables that were changed or deleted nothing is left where they were. `isRewritten`: the whole file
   * is written anew for that, where it is one. Null: so it is; else what is in the way.
   */
  settle(tables: readonly string[], isRewritten: boolean): Promise<string | null>;
}

/** Rows, or a text of the tables that has them as JSON. */
export type Rows<T> = readonly T[] | Expression<string>;

/** Their types in SQL. */
export type Columns<T> = Readonly<Record<keyof T, 'text' | 'bigint' | 'integer'>>;

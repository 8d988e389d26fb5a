import type { Table, Value } from '../table.ts';

/** What SQLite's thread is asked for and what it answers; both cross the border of a thread. */

/**
 * - begin, commit, rollback: of a write transaction; it shuts out the statements of all other sessions
 * - open: of the file; `text` is its path
 */
export type Kind = 'open' | 'statement' | 'begin' | 'commit' | 'rollback' | 'close';

export interface Ask {
  readonly id: number;
  /** Who asks: one statement at a time. */
  readonly session: number;
  readonly kind: Kind;
  readonly text: string;
  readonly values: readonly Value[];
}

export interface Result {
  readonly table: Table;
  /** Rows that were changed; null: it changes none. */
  readonly changes: number | null;
}

/** As SQLite says it. */
export interface Refusal {
  readonly message: string;
  /** The extended result code; undefined: it is no error of SQLite's. */
  readonly errcode: number | undefined;
}

export type Said =
  | ({ readonly id: number } & Result)
  | { readonly id: number; readonly refusal: Refusal }
  /** The file is not any more what was opened: why. */
  | { readonly lost: string };

/** In how far an error of Node's `node:sqlite` is one of SQLite's own. */
export function refusalOf(error: unknown): Refusal {
  const { message, errcode } = error as { message?: unknown; errcode?: unknown };
  return { message: String(message), errcode: typeof errcode === 'number' ? errcode : undefined };
}

/** The last byte of a result code is its kind. */
const [BUSY, LOCKED] = [5, 6];

/** Somebody else is at the file just now: the same may go through a little later. */
export function isBusy({ errcode }: Refusal): boolean {
  return errcode !== undefined && [BUSY, LOCKED].includes(errcode & 0xff);
}

export interface EraseOrder {
  /** Whatever the one user is known by; see `soughtBy`. */
  readonly names: readonly string[];
  /** Only looks. */
  readonly isDry: boolean;
  /** SQLite's file is written anew in the end; servers wait for that. Absent: it is not. */
  readonly isRewritten?: boolean;
}

/** Rows of a table, without the words that all tables' names begin with. */
export interface RowsIn {
  readonly table: string;
  readonly rows: number;
}

export interface Erased {
  /** Those that were changed or deleted, or would be; tables without any are absent. */
  readonly rows: readonly RowsIn[];
  /** Rows that hold a name where things are called by it, which stays. */
  readonly left: readonly (RowsIn & { readonly column: string })[];
  /** Why something of it may still be in the database, for people; null: nothing is, or it only looked. */
  readonly trace: string | null;
}

/** Takes what is stored of a user out of the ledger; what it was counted in stays. */
export interface Eraser {
  /** In short steps, beside servers that go on. What comes in later is as it comes. */
  erase(order: EraseOrder): Promise<Erased>;
}

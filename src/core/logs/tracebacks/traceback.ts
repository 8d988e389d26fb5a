/** A call in a traceback. */
export interface TraceFrame {
  readonly path: string;
  /** From 1; null: not told. */
  readonly line: number | null;
  readonly function: string | null;
}

/** An exception as it was printed. */
export interface Raised {
  readonly type: string;
  /** All lines of it, notes included. */
  readonly message: string;
  /** The newest call last; empty: it was never raised, or nothing is told. */
  readonly frames: readonly TraceFrame[];
  /** How it came out of the one before it in the chain; null: it is the first. */
  readonly by: 'cause' | 'context' | null;
  /** Chains of a group's members. */
  readonly members: readonly Chain[];
}

/** Exceptions that came out of each other, the last raised last. */
export type Chain = readonly Raised[];

/** What is read of a record's lines. */
export interface Parsed {
  /** What stands before the first traceback. */
  readonly before: readonly string[];
  readonly chains: readonly Chain[];
}

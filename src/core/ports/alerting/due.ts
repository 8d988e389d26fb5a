/** A piece of work that was due, and what came of it. */
export interface DueDone {
  readonly kind: 'outbox';
  /** Of the channel. */
  readonly name: string;
  /** held: another server has it. */
  readonly status: 'done' | 'failed' | 'held';
  /** For people. */
  readonly detail: string;
}

/** What was due. */
export interface Due {
  readonly done: readonly DueDone[];
  /** What did not fit into the time. */
  readonly left: number;
}

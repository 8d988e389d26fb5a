/** Kinds of work beside windows. */
export const DUE_KINDS = ['intake', 'outbox', 'digest', 'reminder', 'watch', 'sheet', 'calendar', 'backup'] as const;

/** A piece of work that was due, and what came of it. */
export interface DueDone {
  readonly kind: (typeof DUE_KINDS)[number];
  /** Of the channel, the digest, the intake, the watch and so on. */
  readonly name: string;
  /** held: another server has it. */
  readonly status: 'done' | 'failed' | 'held';
  /** For people. */
  readonly detail: string;
}

/** With what did not fit into the time. */
export interface WorkDone extends DueDone {
  readonly left: number;
}

/** What was due. */
export interface Due {
  readonly done: readonly DueDone[];
  /** What did not fit into the time. */
  readonly left: number;
}

import type { Duration } from './timing.ts';

/** One error as it happened, as an intake tells of it. Plain data. */
export interface ErrorEvent {
  /** Unique in its project, the same whenever and by whomever it is read. */
  readonly id: string;
  readonly issueId: string;
  /** When it happened, epoch ms: it counts for that time, whenever it comes in. */
  readonly at: number;
  readonly title: string;
  /** Where in the code it comes from: `module in function`. */
  readonly culprit: string | null;
  /** What search terms are looked for in besides title and culprit; null: nothing more. */
  readonly text: string | null;
  /** Where nobody says: error. */
  readonly level: string;
  readonly environment: string | null;
  readonly release: string | null;
  /** The same text for the same person, whatever it is made of. */
  readonly user: string | null;
  /** Without level, environment, release and user. */
  readonly tags: Readonly<Record<string, string>>;
  /** The issue's page at its vendor; null: there is none but ours. */
  readonly url: string | null;
  /** What a person looks at of one event; null: there is nothing more to see. */
  readonly sample: Sample | null;
  /** Why it is of its issue; absent: the vendor says which issue it is of. */
  readonly grouping?: GroupedBy;
  /** What it tells of how long something took: counted with it, and not kept otherwise; absent: nothing. */
  readonly took?: Duration;
  /** What its issue was called by the method before this one; absent: the same, or nothing. */
  readonly former?: string;
}

/** Why events are of one issue: those with the same pieces are. */
export interface GroupedBy {
  /** What the pieces are: frames, text and the like. */
  readonly by: string;
  readonly parts: readonly string[];
  /** What was told apart by the intake's own patterns. */
  readonly kept: readonly string[];
}

/** One event in full, as far as it was told. */
export interface Sample {
  /** The message or traceback as it was written. */
  readonly text: string | null;
  /** The newest call last. */
  readonly frames: readonly Frame[];
  /** Lines that were written before it, in order. */
  readonly context: readonly string[];
  /** Where its line stands at the vendor of the log; absent: nowhere. */
  readonly link?: string;
}

export interface Frame {
  readonly module: string | null;
  readonly function: string | null;
  /** From 1; null: not told. */
  readonly line: number | null;
  readonly column: number | null;
}

/** A record that could not be read. */
export interface Reject {
  /** Unique in its project: a record that is read again is the same reject. */
  readonly id: string;
  /** When it was read, epoch ms. */
  readonly at: number;
  /** What is wrong with it, for people. */
  readonly reason: string;
  /** Where it stood: a message's id, a file and an offset. */
  readonly place: string;
  /** Its beginning. */
  readonly text: string;
}

import type { Anchor } from '../../reasons/see.ts';
import type { Health } from './health.ts';
import type { Place } from './places.ts';

/** A statement, where it is to be seen, and the rows that explain it. */
export interface Sentence {
  readonly text: string;
  readonly shown?: Place;
  readonly see?: readonly Anchor[];
}

/** One of the page's questions, answered. */
export interface Finding {
  /** Is it running, is it right, what trends, is an alert firing, does the ledger work? */
  readonly question: 'running' | 'right' | 'trending' | 'alerts' | 'ledger';
  readonly health: Health;
  readonly head: string;
  readonly sentences: readonly Sentence[];
}

export type Answer = Omit<Finding, 'question'>;

import type { Telling } from '../../model/alerting/alert.ts';
import type { KeptTelling } from '../alerting/outbox.ts';

/** From which copy the tables were restored. */
export interface RestoreMark {
  /** When, epoch ms: what was decided by windows before is told by nobody. */
  readonly at: number;
  /** Name of the copy's file. */
  readonly copy: string;
  /** When somebody had sent, last, what was held, epoch ms; null: nobody had. */
  readonly releasedAt: number | null;
  /** The admin was told. */
  readonly isTold: boolean;
}

/** What is held: messages, and tellings that are in none. */
export interface HeldCount {
  readonly messages: number;
  readonly tellings: number;
}

/** What a restore left to be decided by people. */
export interface Restores {
  /** Null: the tables were never restored. */
  mark(): Promise<RestoreMark | null>;
  held(): Promise<HeldCount>;
  /** What is held is to be told, as if it were decided now; gives back what it was. */
  release(): Promise<HeldCount>;
  /** What is held is told by nobody, ever. */
  drop(): Promise<HeldCount>;
  noteTold(): Promise<void>;
  /** What is held of what began: where it lasts it is told anew. In the order of deciding. */
  begins(): Promise<readonly KeptTelling[]>;
  /**
   * Tells these in place of all that is held of their alerts for their channels, which is told by nobody then. What is
   * over by now, or held no more, stays as it is.
   */
  tellInstead(tellings: readonly Telling[]): Promise<void>;
}

import type { Window } from '../../model/window.ts';

/**
 * Why somebody was told, or was not, of a subject in a window.
 *
 * - told:       by this window
 * - not yet:    it does not hold, cannot be told, not in enough windows in a row, or was told by another window
 * - repeat due: it lasts, or was told lately; when it is told again is in the sentence
 * - over:       it was told once and for all, or ended and its end is not told
 * - muted, quiet, grouped, failing: it was told to the outbox, which had its own reason: who knows the outbox says so
 */
export type Why = 'told' | 'not yet' | 'muted' | 'quiet' | 'grouped' | 'repeat due' | 'failing' | 'over';

/** One line of the answer; its JSON is a contract, without `name` and `keys`. */
export interface Explained {
  readonly filter: string;
  /** Its identity within the filter. */
  readonly name: string;
  /** The sentence as it is written. */
  readonly rule: string;
  /** Id of the issue, or name of the filter. */
  readonly subject: string;
  readonly window: Window;
  readonly recipient: string;
  readonly decision: Why;
  /** One plain sentence with the numbers. */
  readonly why: string;
  readonly value: number | null;
  readonly limit: number | null;
  /** Keys of what was told by this window, as the outbox has them; empty: nothing was. */
  readonly keys: readonly string[];
}

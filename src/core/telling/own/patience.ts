import { type Fault, mayPass } from '../../model/fault.ts';
import { HOUR_MS } from '../../model/window.ts';

/** Trouble that may pass is told when the last good result is so old, ms; of a source that rules need sooner. */
export const PATIENCE_MS = 2.5 * HOUR_MS;
export const PATIENCE_WITH_RULES_MS = HOUR_MS / 2;

/** How patient people are with what answers now and then: a watch, a source, a sink, an intake. Plain data. */
export interface Patience {
  /** Of its last good result, or since it is known, epoch ms. */
  readonly goodAt: number;
  /** Its trouble was told, and not yet that it is over. */
  readonly isTold: boolean;
}

/** What it came to just now: null: good. */
export type Result = Pick<Fault, 'retryable' | 'passes'> | null;

/**
 * - stale: trouble that may pass by itself, and has not for too long
 * - failure: what does not pass by itself
 * - recovered: trouble that was told is over
 */
export type Trouble = 'stale' | 'failure' | 'recovered';

export interface Judged {
  readonly patience: Patience;
  /** What people should hear; null: nothing. */
  readonly tell: Trouble | null;
}

/**
 * What is told of a result. Trouble that may pass is told once, when the last good result is as old as the limit, and
 * then its end; what does not pass by itself, at once and each time: whoever tells it does so once an hour.
 */
export function judged(before: Patience, result: Result, now: number, limitMs = PATIENCE_MS): Judged {
  const { goodAt, isTold } = before;
  if (result === null) return { patience: { goodAt: now, isTold: false }, tell: isTold ? 'recovered' : null };
  if (!mayPass(result)) return { patience: { goodAt, isTold: true }, tell: 'failure' };
  if (isTold || now - goodAt < limitMs) return { patience: before, tell: null };
  return { patience: { goodAt, isTold: true }, tell: 'stale' };
}

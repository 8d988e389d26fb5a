import type { Scope } from '../../../../core/ports/scope.ts';

/** A scope that ends before the run's. */
export interface Early extends Scope {
  /** To be called when nobody works in it any more: nothing is aborted from then on, and nothing waits for the time. */
  close(): void;
}

/** Time kept for delivery at least, ms. */
const RESERVE_MS = 15_000;

/**
 * A scope that ends before the run's, for all that is not the totals: what hangs there is a gap while there is still time
 * to bring the totals to the sinks. `now`: epoch ms. `reserveMs`: what is kept; a quarter of what is left, at least 15 s, unless
 * said otherwise; at most half.
 */
export function earlier(scope: Scope, now: number, reserveMs?: number): Early {
  const left = Math.max(0, scope.deadline - now);
  const ms = readingMs(left, reserveMs);
  return {
    ...within(scope, ms, 'the rest of the time is for delivery (RUN_DEADLINE_SECONDS; or fewer filters)'),
    deadline: now + ms,
  };
}

/** Of so much time, what is for reading anything but totals, ms; see `earlier`. */
export function readingMs(left: number, reserveMs: number = Math.max(RESERVE_MS, left / 4)): number {
  return Math.round(left - Math.min(left / 2, reserveMs));
}

/** A scope that ends after so long. `why`: said of what was cut off by that. */
export function within(scope: Scope, ms: number, why: string): Early {
  const end = new AbortController();
  const timeout = AbortSignal.timeout(ms);
  const stop = (): void => end.abort(new DOMException(why, 'TimeoutError'));
  timeout.addEventListener('abort', stop, { once: true });
  // NOTE: a listener keeps the timer, and all that hangs on it, until the time has come.
  return {
    ...scope,
    signal: AbortSignal.any([scope.signal, end.signal]),
    close: () => timeout.removeEventListener('abort', stop),
  };
}

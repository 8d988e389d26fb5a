import type { Scope } from '../../core/ports.ts';

/** Time kept for delivery at least, ms. */
const RESERVE_MS = 15_000;

/**
 * A scope that ends before the run's, for all that is not the totals: what hangs there is a gap while there is still time
 * to bring the totals to the sinks. `now`: epoch ms. `reserveMs`: what is kept; a quarter of what is left, at least 15 s, unless
 * said otherwise; at most half.
 */
export function earlier(scope: Scope, now: number, reserveMs?: number): Scope {
  const left = Math.max(0, scope.deadline - now);
  const ms = Math.round(left - Math.min(left / 2, reserveMs ?? Math.max(RESERVE_MS, left / 4)));
  return { ...within(scope, ms, 'the rest of the time is for delivery (RUN_DEADLINE_SECONDS; or fewer filters)'), deadline: now + ms };
}

/** A scope that ends after so long. `why`: said of what was cut off by that. */
export function within(scope: Scope, ms: number, why: string): Scope {
  const end = new AbortController();
  AbortSignal.timeout(ms).addEventListener('abort', () => end.abort(new DOMException(why, 'TimeoutError')), { once: true });
  return { ...scope, signal: AbortSignal.any([scope.signal, end.signal]) };
}

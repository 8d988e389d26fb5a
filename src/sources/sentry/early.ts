import type { Scope } from '../../core/ports.ts';

/** Time kept for delivery: a quarter of what is left, at least this, at most half. */
const RESERVE_MS = 15_000;

/**
 * A scope that ends before the run's, for all that is not the totals: what hangs there is a gap while there is still time
 * to bring the totals to the sinks. `now`: epoch ms.
 */
export function earlier(scope: Scope, now: number): Scope {
  const left = Math.max(0, scope.deadline - now);
  const ms = Math.round(left - Math.min(left / 2, Math.max(RESERVE_MS, left / 4)));
  return { ...scope, deadline: now + ms, signal: AbortSignal.any([scope.signal, AbortSignal.timeout(ms)]) };
}

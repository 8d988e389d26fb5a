import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { type EarlyScope, endEarly, readingMs } from '../../../../core/run/read-deadline.ts';

/** Time kept for delivery at least, ms. */
const RESERVE_MS = 15_000;

/** Of so much time, kept for delivery, ms: a quarter, at least 15 s. */
function reserveOf(leftMs: number): number {
  return Math.max(RESERVE_MS, leftMs / 4);
}

/** Of so much time, what is for reading anything but totals, ms. */
export function restMs(leftMs: number): number {
  return readingMs(leftMs, reserveOf(leftMs));
}

/**
 * A scope that ends before the run's, for all that is not the totals: what hangs there is a gap while there is still
 * time to bring the totals to the sinks. `now`: epoch ms. `reserveMs`: what is kept, at most half of what is left.
 */
export function openRest(scope: Scope, now: number, reserveMs?: number): EarlyScope {
  const left = Math.max(0, scope.deadline - now);
  const ms = readingMs(left, reserveMs ?? reserveOf(left));
  return {
    ...within(scope, ms, 'the rest of the time is for delivery (RUN_DEADLINE_SECONDS; or fewer filters)'),
    deadline: now + ms,
  };
}

/** A scope that ends after so long. `why`: said of what was cut off by that. */
export function within(scope: Scope, ms: number, why: string): EarlyScope {
  return endEarly(scope, TIMER, ms, new DOMException(why, 'TimeoutError'));
}

/** By the timer of the requests' own time-outs, which does not keep the process alive. */
const TIMER: Pick<Clock, 'sleep'> = {
  sleep: (ms, signal) =>
    new Promise((done, fail) => {
      const timeout = AbortSignal.timeout(ms);
      const end = (): void => done();
      timeout.addEventListener('abort', end, { once: true });
      // NOTE: a listener keeps the timer, and all that hangs on it, until the time has come.
      signal?.addEventListener(
        'abort',
        () => {
          timeout.removeEventListener('abort', end);
          fail(signal.reason as Error);
        },
        { once: true },
      );
    }),
};

import pLimit from 'p-limit';

/** Keeps requests to one Sentry within its limits: so many in flight, none while it asked us to wait. */
export interface Budget {
  slot<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** All requests wait this long, not only the one that was told. */
  pause(ms: number): void;
}

export interface BudgetDeps {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A slot was free, but a pause had begun. */
const PAUSED = Symbol('paused');

export function createBudget(concurrency: number, deps: BudgetDeps): Budget {
  const limit = pLimit(concurrency);
  let pausedUntil = 0;
  return {
    pause: (ms) => {
      pausedUntil = Math.max(pausedUntil, deps.now() + ms);
    },
    async slot<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
      for (;;) {
        const waitMs = pausedUntil - deps.now();
        if (waitMs > 0) await deps.sleep(waitMs, signal);
        // NOTE: asked again inside: the pause may have begun while this one queued, and a wait holds no slot.
        const result = await limit<[], T | typeof PAUSED>(async () => (pausedUntil > deps.now() && !signal.aborted ? PAUSED : attempt()));
        if (result !== PAUSED) return result;
      }
    },
  };
}

import pLimit from 'p-limit';

/**
 * Keeps requests to one Sentry within its limits: so many in flight, and none to an endpoint that asked us to wait.
 * Sentry counts per caller and endpoint (SA §8.1): the others go on meanwhile.
 */
export interface Budget {
  /**
   * `endpoint`: any name that is the same for all requests which the server counts together. Rejects when the signal aborts, and at
   * once when the pause lasts beyond the deadline (epoch ms).
   */
  slot<T>(endpoint: string, attempt: () => Promise<T>, limits: { readonly signal: AbortSignal; readonly deadline: number }): Promise<T>;
  /** All requests to the endpoint wait this long, not only the one that was told. */
  pause(endpoint: string, ms: number): void;
}

export interface BudgetDeps {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Longer than any known limit's window (SA §8.3); a pause of nonsense must not silence us for days, ms. */
const MAX_PAUSE_MS = 300_000;
/** A slot was free, but a pause had begun. */
const PAUSED = Symbol('paused');

/** `everyMs`: by endpoint, the least time from the start of one request to the start of the next. */
export function createBudget(concurrency: number, deps: BudgetDeps, everyMs: ReadonlyMap<string, number> = new Map()): Budget {
  const limit = pLimit(concurrency);
  const pausedUntil = new Map<string, number>();
  const left = (endpoint: string): number => (pausedUntil.get(endpoint) ?? 0) - deps.now();
  const pause = (endpoint: string, ms: number): void => void pausedUntil.set(endpoint, deps.now() + Math.max(left(endpoint), Math.min(ms, MAX_PAUSE_MS)));
  const begin = <T>(endpoint: string, attempt: () => Promise<T>): Promise<T> => {
    const ms = everyMs.get(endpoint);
    if (ms !== undefined) pause(endpoint, ms);
    return attempt();
  };
  return {
    pause,
    async slot<T>(endpoint: string, attempt: () => Promise<T>, { signal, deadline }: { readonly signal: AbortSignal; readonly deadline: number }): Promise<T> {
      for (;;) {
        const waitMs = left(endpoint);
        if (waitMs > 0 && deps.now() + waitMs >= deadline) throw new Error('paused beyond the deadline');
        if (waitMs > 0) await deps.sleep(waitMs, signal);
        // NOTE: asked again inside: the pause may have begun while this one queued, and a wait holds no slot.
        const result = await limit<[], T | typeof PAUSED>(async () => (left(endpoint) > 0 && !signal.aborted ? PAUSED : begin(endpoint, attempt)));
        if (result !== PAUSED) return result;
      }
    },
  };
}

import type { Clock } from '../../../../core/ports/clock.ts';

/** Waits for more to come, but not for ever. */
export interface Linger {
  /** Ends when `done` was called next. */
  over(): Promise<void>;
  /** Somebody came: waits on. */
  again(): void;
  end(): void;
}

/** So long after the last one came, and so long in all, ms. */
const LINGER_MS = 500;
const MAX_LINGER_MS = 2000;

/** `done`: called when nobody came for a while, when that took too long, and when the signal aborts. */
export function createLinger(done: () => void, signal: AbortSignal, { now, sleep }: Clock): Linger {
  let since: number | null = null;
  let timer = new AbortController();
  let next = Promise.withResolvers<void>();
  const end = (): void => {
    timer.abort();
    since = null;
    done();
    next.resolve();
    next = Promise.withResolvers<void>();
  };
  return {
    over: () => next.promise,
    end,
    again: () => {
      timer.abort();
      timer = new AbortController();
      since ??= now();
      const ms = Math.max(0, Math.min(LINGER_MS, since + MAX_LINGER_MS - now()));
      void sleep(ms, AbortSignal.any([signal, timer.signal])).then(end, () => {
        if (signal.aborted) end();
      });
    },
  };
}

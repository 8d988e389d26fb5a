/** 2026-11-20T10:07:30Z: the last settled window is [10:00, 10:05). */
export const NOW = Date.UTC(2026, 10, 20, 10, 7, 30);

/** A clock that only moves when somebody sleeps, or when the test says so. */
export interface Clock {
  now(): number;
  /** Jumps over the time; a held one waits for `advance`. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Every wait that was begun, ms. */
  readonly slept: number[];
  /** Moves the clock and ends the held waits that are due. */
  advance(ms: number): void;
}

interface Timer {
  readonly due: number;
  readonly done: () => void;
}

/** `isHeld`: which waits last until the test moves the clock. */
export function createClock(isHeld: (ms: number) => boolean = () => false, start: number = NOW): Clock {
  let at = start;
  const timers = new Set<Timer>();
  const slept: number[] = [];
  const jump = async (due: number, signal?: AbortSignal): Promise<void> => {
    await Promise.resolve();
    signal?.throwIfAborted();
    at = Math.max(at, due);
  };
  const hold = (due: number, signal?: AbortSignal): Promise<void> =>
    new Promise((done, fail) => {
      const timer = { due, done };
      timers.add(timer);
      signal?.addEventListener(
        'abort',
        () => {
          timers.delete(timer);
          fail(new DOMException('aborted', 'AbortError'));
        },
        { once: true },
      );
    });
  return {
    now: () => at,
    slept,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      await (isHeld(ms) ? hold(at + ms, signal) : jump(at + ms, signal));
    },
    advance: (ms) => {
      at += ms;
      for (const timer of [...timers].sort((a, b) => a.due - b.due)) {
        if (timer.due > at) continue;
        timers.delete(timer);
        timer.done();
      }
    },
  };
}

/** Lets everything that can go on go on, without time. */
export async function gate(count = 20): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((done) => setImmediate(done));
}

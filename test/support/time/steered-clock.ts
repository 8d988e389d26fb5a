import { setTimeout as real, setImmediate as turn } from 'node:timers/promises';

/** Time as the service under test and the sandbox see it: it moves only when told to. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Fires what is due until then. */
  advance(ms: number): void;
  /** Lengths of all waits that were begun, ms. */
  readonly waits: readonly number[];
  /** Waits under way, ms as asked for. */
  pending(): readonly number[];
}

interface Timer {
  readonly ms: number;
  readonly due: number;
  fire(): void;
}

/** Turns of the event loop in which work that is under way must show. */
const TURNS = 10;

/** Stands still: no wait ends unless `advance` passes it. */
export function stoppedClock(start: number): Clock {
  return createClock(start).clock;
}

/**
 * Jumps to the next wait's end whenever nothing has happened for a moment: retries take no real time. `activity` counts
 * whatever shows that work is under way; waits of `longMs` or more (deadlines) are never jumped to.
 */
export function jumpingClock(start: number, activity: () => number, longMs = 60_000): Clock {
  const { clock, timers } = createClock(start);
  let pumping = false;
  const pump = async (): Promise<void> => {
    let seen = -1;
    for (let quiet = 0; timers.some(({ ms }) => ms < longMs); quiet = seen === activity() ? quiet + 1 : 0) {
      seen = activity();
      if (quiet >= 3)
        clock.advance(Math.min(...timers.filter(({ ms }) => ms < longMs).map(({ due }) => due)) - clock.now());
      await real(4);
      // On a loaded machine each turn of the event loop takes long, and an answer needs several of them.
      for (let gate = 0; gate < TURNS; gate++) await turn();
    }
  };
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    const slept = clock.sleep(ms, signal);
    if (!pumping && ms < longMs) {
      pumping = true;
      void pump().finally(() => (pumping = false));
    }
    return slept;
  };
  return { ...clock, sleep };
}

function createClock(start: number): { readonly clock: Clock; readonly timers: readonly Timer[] } {
  let now = start;
  const timers: Timer[] = [];
  const waits: number[] = [];
  const forget = (timer: Timer): void => void timers.splice(timers.indexOf(timer), 1);
  const clock: Clock = {
    now: () => now,
    waits,
    pending: () => timers.map(({ ms }) => ms),
    sleep: (ms, signal) =>
      new Promise((done, fail) => {
        waits.push(ms);
        if (signal?.aborted === true) return fail(signal.reason as Error);
        const timer: Timer = {
          ms,
          due: now + ms,
          fire: () => {
            forget(timer);
            signal?.removeEventListener('abort', stop);
            done();
          },
        };
        const stop = (): void => {
          forget(timer);
          fail(signal?.reason as Error);
        };
        signal?.addEventListener('abort', stop, { once: true });
        timers.push(timer);
      }),
    advance: (ms) => {
      now += Math.max(0, ms);
      for (const timer of timers.filter(({ due }) => due <= now)) timer.fire();
    },
  };
  return { clock, timers };
}

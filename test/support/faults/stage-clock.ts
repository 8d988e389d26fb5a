import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';
import type { Clock } from '../time/steered-clock.ts';

/** Time of a cell: it stands still while anything moves, and jumps to the next wait's end when nothing does. */
export interface StageClock extends Clock {
  /** Follows the work to its end. `activity` counts whatever shows that work is under way. */
  drive<T>(work: () => Promise<T>, activity: () => number): Promise<T>;
}

interface Timer {
  readonly due: number;
  fire(): void;
}

/** Turns of the event loop without any activity, after which nothing moves: a request on loopback takes fewer. */
const QUIET_TURNS = 40;
const LIMIT_MS = 60_000;

export function stageClock(start: number): StageClock {
  let now = start;
  const timers = new Set<Timer>();
  const waits: number[] = [];
  const advance = (ms: number): void => {
    now += Math.max(0, ms);
    for (const timer of [...timers].filter(({ due }) => due <= now).sort((a, b) => a.due - b.due)) timer.fire();
  };
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((done, fail) => {
      waits.push(ms);
      if (signal?.aborted === true) return fail(signal.reason as Error);
      const stop = (): void => {
        timers.delete(timer);
        fail(signal?.reason as Error);
      };
      const timer: Timer = {
        due: now + ms,
        fire: () => {
          timers.delete(timer);
          signal?.removeEventListener('abort', stop);
          done();
        },
      };
      signal?.addEventListener('abort', stop, { once: true });
      timers.add(timer);
    });
  const drive = async <T>(begin: () => Promise<T>, activity: () => number): Promise<T> => {
    const work = begin();
    let isOver = false;
    const over = (): void => void (isOver = true);
    work.then(over, over);
    let seen = -1;
    let movedAt = performance.now();
    for (let quiet = 0; !isOver; await turn()) {
      const moves = activity() + waits.length;
      quiet = moves === seen ? quiet + 1 : 0;
      if (moves !== seen) movedAt = performance.now();
      seen = moves;
      if (quiet >= QUIET_TURNS && timers.size > 0) {
        advance(Math.min(...[...timers].map(({ due }) => due)) - now);
        seen = -1;
      }
      if (performance.now() - movedAt > LIMIT_MS) throw new Error('nothing moves any more, and the work has not ended');
    }
    return work;
  };
  return { now: () => now, sleep, advance, waits, pending: () => [...timers].map(({ due }) => due - now), drive };
}

function turn(): Promise<void> {
  return new Promise((done) => void setImmediate(done));
}

/**
 * While `work` runs, time-outs of requests follow the clock.
 * Packing happens at once, not in a thread that the clock cannot see.
 */
export async function withStageTime<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  const { timeout } = AbortSignal;
  const { gzip } = zlib;
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    void clock.sleep(ms).then(() => controller.abort(new DOMException('timed out', 'TimeoutError')));
    return controller.signal;
  };
  Object.assign(zlib, {
    gzip: (data: Buffer, done: (error: null, packed: Buffer) => void) =>
      process.nextTick(done, null, zlib.gzipSync(data)),
  });
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    AbortSignal.timeout = timeout;
    Object.assign(zlib, { gzip });
    syncBuiltinESMExports();
  }
}

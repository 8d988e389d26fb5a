import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';

/** What needs no more than some turns of the event loop is seen without any wait. */
const TURNS = 100;

/** It ends what hangs, on the slowest machine. It says nothing of how fast anything is. */
const LIMIT_MS = 60_000;

/** Waits for a condition of the real world. Fails after `limitMs` with what did not happen. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, limitMs = LIMIT_MS): Promise<void> {
  const end = performance.now() + limitMs;
  for (let count = 0; !(await holds()); count++) {
    if (performance.now() > end) throw new Error(`did not happen within ${limitMs} ms: ${what}`);
    await (count < TURNS ? turn() : pause(5));
  }
}

/** What `work` comes to. Fails after `limitMs` with what did not end; the work itself goes on. */
export async function within<T>(what: string, work: Promise<T>, limitMs = LIMIT_MS): Promise<T> {
  const timer = new AbortController();
  const tooLong = pause(limitMs, undefined, { signal: timer.signal }).then(
    () => Promise.reject(new Error(`did not end within ${limitMs} ms: ${what}`)),
    () => work,
  );
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    timer.abort();
  }
}

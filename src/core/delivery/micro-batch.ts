/** Takes things one by one and has them done together. */
export interface MicroBatch<T, R> {
  /** Rejects when the work does. */
  put(thing: T): Promise<R>;
  /** Nothing that is here needs to wait any longer. */
  flush(): void;
}

interface Waiting<T, R> {
  readonly thing: T;
  readonly done: (result: R) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * One piece of work at a time; what comes meanwhile is done with the next one. `linger`: how long a first thing waits
 * for others, by
 * the number of pieces before it; the signal ends the wait.
 */
export function microBatch<T, R>(
  work: (things: readonly T[]) => Promise<readonly R[]>,
  linger: (before: number, signal: AbortSignal) => Promise<void>,
): MicroBatch<T, R> {
  let waiting: Waiting<T, R>[] = [];
  let tail: Promise<void> = Promise.resolve();
  let before = 0;
  let flushed = new AbortController();
  const next = async (): Promise<void> => {
    const all = waiting;
    waiting = [];
    before++;
    try {
      const results = await work(all.map(({ thing }) => thing));
      all.forEach(({ done }, index) => done(results[index]!));
    } catch (error) {
      for (const { fail } of all) fail(error);
    }
  };
  return {
    flush: () => flushed.abort(),
    put: (thing) =>
      new Promise((done, fail) => {
        waiting.push({ thing, done, fail });
        if (waiting.length > 1) return;
        const { signal } = (flushed = new AbortController());
        tail = tail
          .then(() => (signal.aborted ? undefined : linger(before, signal)))
          .catch(() => undefined)
          .then(next);
      }),
  };
}

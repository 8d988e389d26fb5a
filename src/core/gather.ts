/** Takes things one by one and has them done together. */
export interface Gather<T, R> {
  /** Rejects when the work does. */
  put(thing: T): Promise<R>;
  /** Nothing needs to wait any longer. */
  flush(): void;
}

interface Waiting<T, R> {
  readonly thing: T;
  readonly done: (result: R) => void;
  readonly fail: (error: unknown) => void;
}

/** One piece of work at a time; what comes meanwhile is done with the next one. `linger`: how long a first thing waits for others. */
export function gather<T, R>(work: (things: readonly T[]) => Promise<readonly R[]>, linger: () => Promise<void>): Gather<T, R> {
  let waiting: Waiting<T, R>[] = [];
  let tail: Promise<void> = Promise.resolve();
  let wake: () => void = () => undefined;
  const next = async (): Promise<void> => {
    const all = waiting;
    waiting = [];
    try {
      const results = await work(all.map(({ thing }) => thing));
      all.forEach(({ done }, index) => done(results[index]!));
    } catch (error) {
      for (const { fail } of all) fail(error);
    }
  };
  return {
    flush: () => wake(),
    put: (thing) => new Promise((done, fail) => {
      waiting.push({ thing, done, fail });
      if (waiting.length > 1) return;
      const flushed = new Promise<void>((go) => (wake = go));
      tail = tail.then(() => Promise.race([flushed, linger()])).then(next);
    }),
  };
}

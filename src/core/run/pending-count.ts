/** Counts what is awaited. */
export interface PendingCount {
  /** How much is awaited. */
  count(): number;
  add(count: number): void;
  /** One of it came, or so many will not come any more. */
  subtract(count?: number): void;
  /** Resolves as soon as no more than so many are awaited. */
  atMost(count: number): Promise<void>;
}

export function createPendingCount(): PendingCount {
  let left = 0;
  let waiting: { readonly count: number; readonly done: () => void }[] = [];
  return {
    count: () => left,
    add: (count) => void (left += count),
    subtract: (count = 1) => {
      left -= count;
      for (const it of waiting.filter((some) => some.count >= left)) it.done();
      waiting = waiting.filter((it) => it.count < left);
    },
    atMost: (count) => (left <= count ? Promise.resolve() : new Promise((done) => waiting.push({ count, done }))),
  };
}

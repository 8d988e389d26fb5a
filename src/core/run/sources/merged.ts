/** What several give, as it comes. Who breaks off waits for none of them. Rejects as soon as one does. */
export async function* merged<T>(all: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  const open = new Map(all.map((it) => [it, it[Symbol.asyncIterator]()]));
  const next = new Map([...open].map(([it, iterator]) => [it, step(it, iterator)]));
  try {
    while (next.size > 0) {
      const { of, result } = await Promise.race(next.values());
      next.delete(of);
      if (result.done === true) {
        open.delete(of);
        continue;
      }
      yield result.value;
      next.set(of, step(of, open.get(of)!));
    }
  } finally {
    for (const iterator of open.values()) iterator.return?.().catch(() => undefined);
  }
}

interface Step<T> {
  readonly of: AsyncIterable<T>;
  readonly result: IteratorResult<T>;
}

async function step<T>(of: AsyncIterable<T>, iterator: AsyncIterator<T>): Promise<Step<T>> {
  return { of, result: await iterator.next() };
}

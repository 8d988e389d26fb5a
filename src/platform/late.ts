/**
 * A part that is loaded with the first call of one of its methods, and then stays. `names`: all of them; each gives a
 * promise.
 */
export function late<T extends object>(names: Readonly<Record<keyof T, true>>, load: () => Promise<T>): T {
  const loaded = once(load);
  const method =
    (name: keyof T) =>
    async (...given: readonly unknown[]): Promise<unknown> =>
      ((await loaded()) as Record<keyof T, (...all: readonly unknown[]) => unknown>)[name](...given);
  return Object.fromEntries(Object.keys(names).map((name) => [name, method(name as keyof T)])) as T;
}

/** Loads what is needed once, with the first call; one that failed is tried again. */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}

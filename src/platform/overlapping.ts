/**
 * One after the other, but the next one is made and handed over while the last one is worked off: no more than two are
 * under way. Rejects as the first that fails, when none is under way any more; those after it are not begun.
 */
export async function overlapping<T>(all: Iterable<T>, act: (one: T) => Promise<unknown>): Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  for (const one of all) {
    const next = act(one);
    try {
      await last;
    } catch (error) {
      await next.catch(() => undefined);
      throw error;
    }
    last = next;
  }
  await last;
}

import type { Clock } from '../../core/ports/clock.ts';

/** What takes long to make: it stops between its pieces. */
export type Slow<T> = Generator<void, T>;

/** Longer than this nobody else waits for a piece to be made, and the next one, ms. */
const SLICE_MS = 5;

export function atOnce<T>(work: Slow<T>): T {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}

/** Lets others have their turn every few ms, and at its end when it took longer. */
export async function inSlices<T>(work: Slow<T>, { now, sleep }: Clock): Promise<T> {
  const begun = now();
  let since = begun;
  const giveWay = async (): Promise<void> => {
    await sleep(0);
    since = now();
  };
  let step = work.next();
  while (step.done !== true) {
    if (now() - since >= SLICE_MS) await giveWay();
    step = work.next();
  }
  if (now() - begun >= SLICE_MS) await giveWay();
  return step.value;
}

/** One after the other. */
export function* each<T, R>(things: Iterable<T>, make: (thing: T) => R): Slow<readonly R[]> {
  const made: R[] = [];
  for (const thing of things) {
    made.push(make(thing));
    yield;
  }
  return made;
}

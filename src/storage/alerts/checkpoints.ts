import { HOUR_MS } from '../../core/model/window.ts';

/** How far back states are kept besides the newest, ms. */
export const STATES_MS = 48 * HOUR_MS;

/** Those of a filter that are kept: the last of each hour; so many hours before the newest. */
export function checkpointsOf<T extends { readonly window: number }>(states: readonly T[]): readonly T[] {
  const order = states.toSorted((a, b) => a.window - b.window);
  const newest = order.at(-1)?.window ?? 0;
  return [...new Map(order.map((it) => [hourOf(it.window), it])).values()].filter(
    ({ window }) => window >= newest - STATES_MS,
  );
}

/** Start of the hour, epoch ms. */
export function hourOf(window: number): number {
  return Math.floor(window / HOUR_MS) * HOUR_MS;
}

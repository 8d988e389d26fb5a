import { type Slot, USUAL } from '../data/model.ts';
import type { Slots } from './bars.ts';

/** The middle half of some counts, 25th to 75th percentile. */
export interface Usual {
  readonly low: number;
  readonly high: number;
}

/**
 * What was usual before each slot: of the twelve before it, incomplete ones left out. Null: fewer than six are known.
 * `before`: the slots directly before the first.
 */
export function usualOf(windows: Slots, before: Slots): readonly (Usual | null)[] {
  const past = before.slice(-USUAL.slots);
  const all = [...past, ...windows];
  return windows.map((_, index) => {
    const end = past.length + index;
    return middleHalf(all.slice(Math.max(0, end - USUAL.slots), end).flatMap(whole));
  });
}

function whole(slot: Slot | null): readonly number[] {
  return slot?.complete === true ? [slot.events] : [];
}

function middleHalf(counts: readonly number[]): Usual | null {
  if (counts.length < USUAL.atLeast) return null;
  const sorted = counts.toSorted((a, b) => a - b);
  return { low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/** Between two counts in proportion. */
function quantile(sorted: readonly number[], part: number): number {
  const at = part * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return below + (above - below) * (at % 1);
}

import type { SandboxEvent } from '../types.ts';

/** By the client's clock as `-timestamp, -event_id`, or by arrival: newest first. */
export type Order = 'time' | 'arrival';

/** What a list in this order falls by. */
export const KEYS: Readonly<Record<Order, (event: SandboxEvent) => number>> = {
  time: (event) => event.at,
  arrival: (event) => event.arrivedAt,
};

export type Compare = (a: SandboxEvent, b: SandboxEvent) => number;

export function comparing(order: Order): Compare {
  const key = KEYS[order];
  return (a, b) => {
    const difference = key(b) - key(a);
    if (difference !== 0 || a.id === b.id) return difference;
    return a.id < b.id ? 1 : -1;
  };
}

/** Events kept in order. What was added is sorted in when they are next looked at; `all` is not to be kept. */
export type Ordered = { add(event: SandboxEvent): void; all(): readonly SandboxEvent[] };

/** Up to so many are put in one by one. */
const FEW = 16;

export function createOrdered(order: Order): Ordered {
  const compare = comparing(order);
  let sorted: SandboxEvent[] = [];
  let added: SandboxEvent[] = [];
  return {
    add: (event) => {
      added.push(event);
    },
    all: () => {
      if (added.length > FEW) sorted = merge(sorted, added.sort(compare), compare);
      else
        for (const event of added)
          sorted.splice(
            seek(sorted, (other) => compare(other, event) < 0),
            0,
            event,
          );
      added = [];
      return sorted;
    },
  };
}

export function merge(a: SandboxEvent[], b: SandboxEvent[], compare: Compare): SandboxEvent[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const merged: SandboxEvent[] = [];
  let i = 0;
  let j = 0;
  for (let left = a[i], right = b[j]; left !== undefined || right !== undefined; left = a[i], right = b[j]) {
    const first = right === undefined || (left !== undefined && compare(left, right) <= 0) ? left : right;
    if (first === undefined) break;
    merged.push(first);
    if (first === left) i++;
    else j++;
  }
  return merged;
}

/** The index of the first item that is not `before`, in a list where those that are come first. */
export function seek<T>(list: readonly T[], before: (item: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = list[middle];
    if (item !== undefined && before(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}

import type { Item } from '../model/item.ts';
import type { Limits } from '../ports/sink.ts';

/** Bytes of an item in a JSON array, its comma included. */
export function bytesOf(item: Item): number {
  return Buffer.byteLength(JSON.stringify(item.body)) + 1;
}

/** Two brackets around the items. */
const FRAME_BYTES = 2;

/** Whether an item can be sent at all. */
export function fitsAlone(item: Item, limits: Limits): boolean {
  return FRAME_BYTES + bytesOf(item) <= limits.bytes;
}

/** Items in their order, cut into parts within the limits. An item that does not fit alone makes a part of its own. */
export function batches(items: readonly Item[], limits: Limits): readonly (readonly Item[])[] {
  const parts: Item[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = bytesOf(item);
    const part = parts.at(-1);
    if (part !== undefined && part.length < limits.items && bytes + size <= limits.bytes) {
      part.push(item);
      bytes += size;
    } else {
      parts.push([item]);
      bytes = FRAME_BYTES + size;
    }
  }
  return parts;
}

/** Two halves, the first one not smaller. */
export function halves<T>(items: readonly T[]): readonly [readonly T[], readonly T[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

import type { Item, JsonObject, JsonValue } from './item.ts';

/**
 * The same value with the keys of all its objects in one order, so that equal values are equal bytes on every server.
 * One that is in that order is given back as it is: that makes nothing, and most are.
 */
export function sorted<T extends JsonValue>(value: T): T {
  return isInOrder(value) ? value : (order(value) as T);
}

/** An item as it goes over the wire. */
export function canonicalItem({ key, body, lane }: Item): Item {
  const own = { body: sorted<JsonObject>(body), key };
  return lane === undefined ? own : { ...own, lane };
}

function isInOrder(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (isList(value)) return value.every(isInOrder);
  let before = '';
  for (const key of Object.keys(value)) {
    if (key < before || !isInOrder(value[key]!)) return false;
    before = key;
  }
  return true;
}

function order(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(order);
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, order(value[key]!)]),
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

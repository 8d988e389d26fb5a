import type { Item, JsonObject, JsonValue } from './item.ts';

/**
 * The same value with the keys of all its objects in one order, so that equal values are equal bytes on every server.
 */
export function sorted<T extends JsonValue>(value: T): T {
  return order(value) as T;
}

/** An item as it goes over the wire. */
export function canonicalItem(item: Item): Item {
  return { ...item, body: sorted<JsonObject>(item.body) };
}

function order(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(order);
  const entries = Object.entries(value).map(([key, part]): [string, JsonValue] => [key, order(part)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

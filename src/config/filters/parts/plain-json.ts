import { parseJson } from '../../../platform/http/json.ts';
import { isMap, Written } from '../sheet.ts';

/**
 * A map, or where it is to be one a list, as JSON, scalars as YAML takes them; undefined: it is none, or has an entry
 * without a value. NOTE: what it gives is read once more by the same schema, so it is taken as it is.
 */
export function plainJson(given: unknown, isList = false): string | undefined {
  const fits = (value: unknown): boolean => (isList ? Array.isArray(value) : isMap(value));
  if (typeof given === 'string') return fits(parseJson(given)) ? given : undefined;
  const plain = fits(given) ? plainOf(given) : undefined;
  return plain === undefined ? undefined : JSON.stringify(plain);
}

function plainOf(given: unknown): unknown {
  if (given instanceof Written) return given.value ?? undefined;
  if (typeof given === 'string') return given;
  if (Array.isArray(given)) return whole(given.map(plainOf));
  if (!isMap(given)) return undefined;
  const entries = Object.entries(given).map(([key, value]) => [key, plainOf(value)] as const);
  return whole(entries.map(([, value]) => value)) && Object.fromEntries(entries);
}

function whole(values: readonly unknown[]): readonly unknown[] | undefined {
  return values.includes(undefined) ? undefined : values;
}

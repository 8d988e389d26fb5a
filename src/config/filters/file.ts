import * as z from 'zod/mini';
import { KEYS } from './keys.ts';
import { map } from './kinds.ts';
import { fallbacksOf, type Key, type Keys, present, shapeOf } from './shape.ts';

const STRANGER = 'is not a key of a filter';
const NOT_A_FILTER = 'a filter must be a map of keys; write name: and projects: under the hyphen';
const NOT_DEFAULTS = 'defaults must be a map of keys of filters; write { top: 25 } or remove it';
const NOT_A_FILE = 'must be a map with the key filters; see config/filters.example.yaml for the shape';

/** The file as a whole, whose filters have these keys. */
export function fileOf<K extends Keys>(keys: K) {
  const shape = shapeOf(keys, present);
  const required = Object.keys(ownOf(keys));
  const filter = map(shape, STRANGER, NOT_A_FILTER).check(z.meta({ required }));
  const defaults = map({ ...shape, ...ownOf(keys) }, STRANGER, NOT_DEFAULTS).check(
    z.meta({ description: 'for the filters of this file; a key of a filter replaces it whole' }),
  );
  const filters = z
    .array(filter, { error: ({ input }) => ofFilters(input === undefined ? 'is missing' : 'must be a list') })
    .check(z.minLength(1, { error: ofFilters('must be a list with at least one filter') }));
  return map({ defaults: z.optional(defaults), filters }, 'is not a key of this file', NOT_A_FILE).check(
    z.meta({ title: 'A filters file of sentry-monitor' }),
  );
}

/** Keys that each filter must have itself: in `defaults` they are a fault. */
function ownOf(keys: Keys): Readonly<Record<string, z.ZodMiniOptional<z.ZodMiniNever>>> {
  const own = Object.entries<Key>(keys).filter(([, { own: remedy }]) => remedy !== undefined);
  return Object.fromEntries(
    own.map(([key, { own: remedy }]) => [key, z.optional(z.never({ error: `${key} cannot be a default; ${remedy}` }))]),
  );
}

function ofFilters(fault: string): string {
  return `filters ${fault}; write filters: with an entry such as - { name: acme-web, projects: [acme-web] }`;
}

export const FILE = fileOf(KEYS);

/** What holds of a filter that says nothing. */
export const FALLBACKS = fallbacksOf(KEYS);

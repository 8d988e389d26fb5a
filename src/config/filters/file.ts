import * as z from 'zod/mini';
import { BACKUP } from '../backup/keys.ts';
import { DIGESTS } from '../digests/keys.ts';
import { PEOPLE } from '../people/keys.ts';
import { REMINDERS } from '../reminders/keys.ts';
import { MUTES } from '../rules/mutes.ts';
import { KEYS } from './keys.ts';
import { type Elsewhere, map } from './kinds.ts';
import { type PartKinds, type Section, SECTIONS } from './parts/part-keys.ts';
import { sectionOf } from './parts/section.ts';
import { fallbacksOf, type Key, type Keys, present, shapeOf } from './shape.ts';

/** What a file may consist of besides parts. */
export const LISTS = ['filters', 'mutes', 'digests', 'people', 'reminders', 'backup'] as const;

const STRANGER = 'is not a key of a filter';
const NOT_A_FILTER = 'a filter must be a map of keys; write name: and projects: under the hyphen';
const NOT_DEFAULTS = 'defaults must be a map of keys of filters; write { top: 25 } or remove it';
const NOT_A_FILE = 'must be a map with the key filters; see config/filters.example.yaml for the shape';

/** What stands beside the filters, and not in one. */
const OF_FILE: Elsewhere = Object.fromEntries(
  [...LISTS, ...Object.keys(SECTIONS), 'defaults'].map((key) => [
    key,
    'it is one of the file: write it outside of filters:',
  ]),
);

/** What stands in filters, and not beside them. */
function placesOf(keys: Keys): Elsewhere {
  return Object.fromEntries(
    Object.entries<Key>(keys).map(([key, { own }]) => [
      key,
      `it is one of a filter: write it there${own === undefined ? ', or under defaults: for all of this file' : ''}`,
    ]),
  );
}

/** The file as a whole, whose filters have these keys, and which may set up parts of these kinds. */
export function fileOf<K extends Keys>(keys: K, kinds: PartKinds = NO_PARTS) {
  const ofFilter = shapeOf(keys, present);
  const required = Object.keys(ownOf(keys));
  const filter = map(ofFilter, STRANGER, NOT_A_FILTER, OF_FILE).check(z.meta({ required }));
  const defaults = map({ ...ofFilter, ...ownOf(keys) }, STRANGER, NOT_DEFAULTS, OF_FILE).check(
    z.meta({ description: 'for the filters of this file; a key of a filter replaces it whole' }),
  );
  const filters = z
    .array(filter, { error: ofFilters('must be a list') })
    .check(z.minLength(1, { error: ofFilters('must be a list with at least one filter') }));
  const sections = sectionsIn(kinds);
  const anyOf = [...LISTS, ...Object.keys(sections)].map((key) => ({ required: [key] }));
  return map(
    {
      ...sections,
      defaults: z.optional(defaults),
      filters: z.optional(filters),
      digests: z.optional(DIGESTS),
      mutes: z.optional(MUTES),
      people: z.optional(PEOPLE),
      reminders: z.optional(REMINDERS),
      backup: z.optional(BACKUP),
    },
    'is not a key of this file',
    NOT_A_FILE,
    placesOf(keys),
  ).check(z.meta({ title: 'A filters file of sentry-monitor', anyOf }));
}

function sectionsIn(kinds: PartKinds): Readonly<Partial<Record<Section, z.ZodMiniOptional<z.ZodMiniType>>>> {
  const known = (Object.keys(SECTIONS) as Section[]).filter((it) => Object.keys(kinds.vendors[it]).length > 0);
  return Object.fromEntries(known.map((section) => [section, z.optional(sectionOf(section, kinds))]));
}

/** For who has filters alone. */
export const NO_PARTS: PartKinds = {
  vendors: { sources: {}, sinks: {}, channels: {}, intakes: {}, watches: {}, sheets: {}, calendars: {}, tickets: {} },
  ownVariables: [],
  takenNames: [],
};

/** Keys that each filter must have itself: in `defaults` they are a fault. */
function ownOf(keys: Keys): Readonly<Record<string, z.ZodMiniOptional<z.ZodMiniNever>>> {
  const own = Object.entries<Key>(keys).filter(([, { own: remedy }]) => remedy !== undefined);
  return Object.fromEntries(
    own.map(([key, { own: remedy }]) => [key, z.optional(z.never({ error: `${key} cannot be a default; ${remedy}` }))]),
  );
}

export function ofFilters(fault: string): string {
  return `filters ${fault}; write filters: with an entry such as - { name: acme-web, projects: [acme-web] }`;
}

export const FILE = fileOf(KEYS);

/** What holds of a filter that says nothing. */
export const FALLBACKS = fallbacksOf(KEYS);

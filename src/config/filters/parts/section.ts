import * as z from 'zod/mini';
import { quote } from '../../formats.ts';
import { looksLikeKey } from '../../secrets.ts';
import { POLICY } from '../../rules/policy.ts';
import { FED } from '../../feeds/keys.ts';
import { WATCHED } from '../../watches/keys.ts';
import { from, map } from '../kinds.ts';
import { type Keys, optional, shapeOf } from '../shape.ts';
import { isMap, Written } from '../sheet.ts';
import { faultOfKeyName } from './key-name.ts';
import { type PartKey, type PartKinds, type Section, SECTIONS, TICKETS, trackerName } from './part-keys.ts';
import { plainJson } from './plain-json.ts';

type Payload = z.core.ParsePayload;

/** The channel that is always there, and its vendor. */
export const LOG_CHANNEL = 'console';

const NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;
const LOOKS = 'lower-case letters, digits and hyphens, at most 60, beginning with a letter or digit';

/** Reads the parts of a section: by name, the text of each key that is written. */
export function sectionOf(section: Section, kinds: PartKinds) {
  const vendors = Object.entries(kinds.vendors[section]).map(([vendor, keys]) =>
    vendorWith(vendor, keys, { section, kinds }),
  );
  // NOTE: made for files that have the section, not at each reading of one.
  const editors = z.lazy(() => editorsOf(section, vendors)).check(z.meta({ description: MEANINGS[section] }));
  return from((given, payload) => takeParts(given, payload, { section, vendors, kinds }), editors);
}

function vendorWith(vendor: string, keys: readonly PartKey[], { section, kinds }: Omit<Known, 'vendors'>): Vendor {
  let made: z.ZodMiniType | undefined;
  return {
    vendor,
    keys,
    get schema() {
      made ??= schemaOf(vendor, keys, { section, kinds });
      return made;
    },
  };
}

function schemaOf(vendor: string, keys: readonly PartKey[], { section, kinds }: Omit<Known, 'vendors'>) {
  const own = Object.fromEntries(keys.map((key) => [key.key, z.optional(valueOf(key, kinds))]));
  const shape = { ...(MORE[section] === undefined ? {} : shapeOf(MORE[section], optional)), ...own };
  const required = keys.filter((key) => key.required).map(({ key }) => key);
  return map(shape, `is not a key of ${vendor}`, 'must be a map of keys').check(z.meta({ required }));
}

function editorsOf(section: Section, vendors: readonly Vendor[]): z.ZodMiniType {
  return section === TICKETS
    ? z.strictObject(Object.fromEntries(vendors.map((it) => [it.vendor, z.optional(it.schema)])))
    : z.record(z.string(), z.union(vendors.map(({ schema }) => schema)));
}

/** What its parts say besides the settings of their vendors. */
export const MORE: Readonly<Partial<Record<Section, Keys>>> = {
  channels: POLICY,
  watches: WATCHED,
  sheets: FED,
  calendars: FED,
};

const MEANINGS: Readonly<Record<Section, string>> = {
  sources: 'more sources, by name; filters of all files may name them',
  sinks: 'more sinks, by name; filters of all files may name them',
  channels: 'who is told, by name; alerts of all files may name them',
  intakes: 'where events come from besides Sentry, by the name of their project; filters of all files may name it',
  watches: 'numbers and words of other services that are looked at now and then, by name',
  sheets: 'tables that people keep, which are read now and then, by name',
  calendars: 'calendars that people keep, which are read now and then, by name',
  tickets: 'where issues become tickets',
};

interface Vendor {
  readonly vendor: string;
  readonly keys: readonly PartKey[];
  readonly schema: z.ZodMiniType;
}

interface Known {
  readonly section: Section;
  readonly vendors: readonly Vendor[];
  readonly kinds: PartKinds;
}

function takeParts(given: unknown, { issues }: Payload, known: Known): unknown {
  const { section, vendors } = known;
  const first = vendors[0]?.vendor ?? 'vendor';
  const example = section === TICKETS ? `{ ${first}: { url: … } }` : `{ acme: { ${first}: … } }`;
  const add = (path: readonly PropertyKey[], message: string): void =>
    void issues.push({ code: 'custom', path: [...path], input: given, message });
  if (!isMap(given)) {
    add([], `${section} must be a map of names; write ${example}`);
    return z.NEVER;
  }
  const found = Object.entries(given).map(([name, part]) => {
    const wrong = nameFault(name, part, known) ?? vendorFault(name, part, known);
    if (wrong !== undefined) {
      add([name], wrong);
      return [name, {}];
    }
    const { keys, schema } = vendorOf(name, part, known);
    const { data, error } = z.safeParse(schema, part);
    for (const { path, ...issue } of error?.issues ?? [])
      issues.push({ ...issue, path: [name, ...path], input: given } as z.core.$ZodRawIssue);
    const whole = section === TICKETS ? trackerName(name) : name;
    for (const { key, sensitive, format } of keys.filter(
      (it) => it.required && !Object.hasOwn(part as object, it.key),
    )) {
      const next = sensitive ? 'name the variable that holds it' : `write ${format}`;
      add([name], `${whole}: ${key} is missing; ${next}`);
    }
    return [name, data ?? {}];
  });
  return Object.fromEntries(found);
}

function nameFault(name: string, part: unknown, { section, kinds: { takenNames } }: Known): string | undefined {
  if (section === TICKETS) return undefined;
  if (hasKey(name)) return 'a name looks like a key; write one that says what it is';
  if (!NAME.test(name)) return `${quote(name)} does not fit; write ${LOOKS}`;
  const what = SECTIONS[section];
  if (section === 'channels' && name === LOG_CHANNEL && !(isMap(part) && Object.hasOwn(part, LOG_CHANNEL)))
    return `${name} is the log, which is there without being set up; choose another name for this channel`;
  return takenNames.includes(name)
    ? `${name} is the name of what the environment sets up; choose another for this ${what}`
    : undefined;
}

/** Of a part without faults in its name and vendor. */
function vendorOf(name: string, part: unknown, { section, vendors }: Known): Vendor {
  return section === TICKETS ? vendors.find(({ vendor }) => vendor === name)! : vendorsIn(part, vendors)[0]!;
}

function noMap(name: string, keys: string): string {
  return `${name}: must be a map of keys; write { ${keys} } with what is needed`;
}

function vendorFault(name: string, part: unknown, { section, vendors }: Known): string | undefined {
  const names = vendors.map(({ vendor }) => vendor);
  if (section === TICKETS) {
    if (!names.includes(name))
      return `${hasKey(name) ? 'a name' : quote(name)} is no tracker; write ${names.join(' or ')}`;
    return isMap(part) ? undefined : noMap(name, 'url: …, project: …');
  }
  if (!isMap(part)) return noMap(name, `${names[0]}: …`);
  const [first, second] = vendorsIn(part, vendors);
  if (first === undefined) return `${name}: does not say which vendor's ${SECTIONS[section]} it is; ${withOne(names)}`;
  return second === undefined
    ? undefined
    : `${name}: is of ${first.vendor} and of ${second.vendor}; make two of it, or keep one of these keys`;
}

function withOne(names: readonly string[]): string {
  return names.length === 1 ? `write the key ${names[0]}` : `write one of the keys ${names.join(', ')}`;
}

function vendorsIn(part: unknown, vendors: readonly Vendor[]): readonly Vendor[] {
  return vendors.filter(({ vendor }) => Object.hasOwn(part as object, vendor));
}

/** A value as the environment would have it; a list is its entries with commas between them. */
function valueOf(key: PartKey, { ownVariables }: PartKinds) {
  const { doc, sensitive, fallback } = key;
  function take(given: unknown, { issues }: Payload): unknown {
    const { isMap: takesMap = false, isList: takesList = false } = key.read;
    const text = takesMap || takesList ? plainJson(given, takesList) : textOf(given);
    const fault = text === undefined ? noText(given, key.read) : faultOf(text, key, ownVariables);
    if (fault === undefined) return text;
    issues.push({ code: 'custom', input: given, message: fault });
    return z.NEVER;
  }
  const editors = sensitive ? KEY_NAME : (key.read.editors ?? { type: 'string', patternErrorMessage: key.format });
  const description = sensitive ? `variable that holds it: ${doc}` : doc;
  return from(
    take,
    z.any().check(z.meta({ ...editors, description, ...(fallback === null ? {} : { default: fallback }) })),
  );
}

const KEY_NAME = {
  type: 'string',
  pattern: '^[A-Z][A-Z0-9_]{0,99}$',
  patternErrorMessage: 'the name of the variable that holds the key, never the key itself',
};

function faultOf(text: string, { env, sensitive, read }: PartKey, ownVariables: readonly string[]) {
  if (sensitive) return faultOfKeyName(text, { env, ownVariables });
  try {
    read(text, (part) => (hasKey(part) ? 'a value' : quote(part)));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function hasKey(text: string): boolean {
  return text.split(/[^\w+=~-]+/).some(looksLikeKey);
}

/** Undefined: it has none, or a blank one. */
function textOf(given: unknown): string | undefined {
  if (Array.isArray(given)) {
    const entries = given.map(textOf);
    return entries.length === 0 || entries.includes(undefined) ? undefined : entries.join(',');
  }
  if (given instanceof Written) return given.value === null ? undefined : given.text;
  return typeof given === 'string' && given.trim() !== '' ? given.trim() : undefined;
}

function noText(given: unknown, { isMap: isForMap, isList }: PartKey['read']): string {
  if (isList === true) return 'must be a list of maps, with a value for each key; write one or remove the key';
  if (isForMap === true) return 'must be a map of keys, with a value for each; write one or remove the key';
  return isMap(given) ? 'must be a value, not a map' : 'has no value; write one or remove the key';
}

import * as z from 'zod/mini';
import { nearestOf } from '../../platform/nearest.ts';
import { quote } from '../formats.ts';
import { isMap, Written } from './sheet.ts';
import { atMost, type Check, fits, type Issue, notBlank, wellFormed } from './texts.ts';

// The kinds of values that keys have. Each takes what a `Sheet` gives, and words all of its faults itself.

type Payload = z.core.ParsePayload;

/** Reads what the file has by `take`, and that by `inner`, which is all that editors and types know. */
export function from<S extends z.ZodMiniType>(take: (given: unknown, payload: Payload) => unknown, inner: S) {
  return z.pipe(z.transform(take), inner);
}

/** For values that are not texts. */
export function plain(given: unknown): unknown {
  return given instanceof Written ? given.value : given;
}

/** A text. That it is not in quotes is a fault only where nothing else is wrong. */
export function text(...checks: readonly Check[]) {
  const inner = z.string({ error: notAText }).check(wellFormed(), ...checks);
  function take(given: unknown, { issues }: Payload): unknown {
    if (!(given instanceof Written)) return given;
    const found = z.safeParse(inner, given.text).error?.issues[0]?.message ?? unquoted(given);
    issues.push({ code: 'custom', input: given, message: found });
    return z.NEVER;
  }
  return from(take, inner);
}

function notAText({ input }: Issue): string {
  if (input === null) return 'an entry is empty; write a text or remove it';
  if (Array.isArray(input)) return 'must be a text, not a list; write one text';
  return 'must be a text, not a map; put it in quotes if it has a colon';
}

function unquoted({ text: written, kind }: Written): string {
  return `${quote(written).slice(1, -1)} is ${kind}; write it in quotes: ${quote(written)}`;
}

/** A list of different texts. */
export function list(entry: z.ZodMiniType<string>, atLeast: 0 | 1 = 0) {
  const empty = 'is an empty list; write at least one entry';
  return z.array(entry, { error: notAList }).check(z.minLength(atLeast, { error: empty }), ONCE, UNIQUE);
}

/** One text, or a list of different ones: as it is written. */
export function oneOrList(entry: z.ZodMiniType<string>, atLeast: 0 | 1 = 1) {
  const several = list(entry, atLeast);
  return either((given) => (Array.isArray(given) ? several : entry), [entry, several], 'a text, or a list of them');
}

/** What `choose` finds for the thing as it is written; `all`: for editors, to whom `looks` says how it should look. */
export function either<const S extends readonly z.ZodMiniType[]>(
  choose: (given: unknown) => z.ZodMiniType,
  all: S,
  looks: string,
) {
  function take(given: unknown, { issues }: Payload): unknown {
    const { data, error } = z.safeParse(choose(given), given);
    const found = (error?.issues ?? []).map((issue) => ({ ...issue, input: given }) as z.core.$ZodRawIssue);
    issues.push(...found);
    const last = found.at(-1);
    // NOTE: strangers alone would not end the pipe; of two faults of one place the first is told.
    if (last !== undefined) issues.push({ code: 'custom', path: [...(last.path ?? [])], input: given, message: '' });
    return data;
  }
  return from(take, z.union(all).check(z.meta({ patternErrorMessage: looks })));
}

const UNIQUE = z.meta<string[]>({ uniqueItems: true });

function notAList({ input }: Issue): string {
  const written = input instanceof Written ? input.text : input;
  return `must be a list; write ${typeof written === 'string' ? `[${quote(written)}]` : 'its entries between [ and ]'}`;
}

/** Entries with a fault of their own are not compared. */
const ONCE = z.check<string[]>(
  ({ value, issues }) => {
    const wrong = new Set(issues.map(({ path }) => path?.[0]));
    const seen = new Set<string>();
    for (const [index, entry] of value.entries()) {
      if (wrong.has(index)) continue;
      if (seen.has(entry)) issues.push({ code: 'custom', path: [index], input: entry, message: twice(entry) });
      seen.add(entry);
    }
  },
  { when: ({ value }) => Array.isArray(value) },
);

function twice(entry: string): string {
  return `${quote(entry)} is listed twice; remove one`;
}

/** Keys that are none here, with what to do: they have their place in another map. */
export type Elsewhere = Readonly<Record<string, string>>;

/** A map with these keys and no others; `stranger` says of another one what it is not. */
export function map<S extends z.core.$ZodLooseShape>(
  shape: S,
  stranger: string,
  notAMap: string,
  elsewhere: Elsewhere = {},
) {
  const known = Object.keys(shape);
  function take(given: unknown, { issues }: Payload): unknown {
    if (!isMap(given)) return plain(given);
    // NOTE: strangers do not end a pipe: what is wrong with the other keys is found as well.
    for (const key of Object.keys(given).filter((it) => !Object.hasOwn(shape, it))) {
      const message = `${quote(key)} ${stranger}; ${suggest(key, known, elsewhere)}`;
      issues.push({ code: 'unrecognized_keys', keys: [key], path: [key], input: given, message });
    }
    return Object.fromEntries(known.filter((key) => Object.hasOwn(given, key)).map((key) => [key, given[key]]));
  }
  return from(take, z.strictObject(shape, { error: notAMap }));
}

/** Completes "… is not a key;" with the key that was probably meant, else with where it is one, else with all. */
function suggest(key: string, known: readonly string[], elsewhere: Elsewhere): string {
  const near = nearestOf(key, known);
  if (near !== undefined) return `did you mean ${near}?`;
  return Object.hasOwn(elsewhere, key) ? elsewhere[key]! : `write one of ${known.join(', ')}`;
}

/** For a fault that goes on from the name of its key. */
export function named(fault: string): (issue: Issue) => string {
  return (issue) => `${keyOf(issue)} ${fault}`;
}

function keyOf({ path }: Issue): string {
  return quote(String(path?.at(-1)));
}

/** `say`: `named` where its fault goes on from the name of the key. */
export function yesOrNo(say?: typeof named) {
  const fault = 'must be true or false; write one of them, without quotes';
  return from(plain, z.boolean({ error: say?.(fault) ?? fault }));
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
  /** Or any number between them. */
  readonly whole: boolean;
}

export function number({ min, max, whole }: Bounds, error: string | ((issue: Issue) => string)) {
  const inner = whole ? z.int({ error }) : z.number({ error });
  const between = inner.check(z.gte(min, { error }), z.lte(max, { error }));
  return from(plain, between);
}

/** Free texts by name; true, false and a number count as they are written. */
export function labels() {
  const lead = (issue: Issue) => `${keyOf(issue)}: `;
  const value = z
    .string({ error: named('must be a text, a number, true or false; write one') })
    .check(wellFormed(lead), notBlank(lead), atMost(4096, lead), z.meta({ type: ['string', 'number', 'boolean'] }));
  const name = z
    .string()
    .check(...fits(/^[a-zA-Z0-9_.:-]{1,100}$/, 'a label name of letters, digits and _ . : -, at most 100'));
  return z.record(name, from(asLabel, value), { error: 'must be a map; write { name: value }' });
}

function asLabel(given: unknown): unknown {
  if (!(given instanceof Written) || given.value === null) return given;
  return typeof given.value === 'boolean' ? `${given.value}` : given.text;
}

import { ERASED, type Sought } from '../../../core/erasing/sought.ts';
import { isOfUser, jsonWithout, ownTextWithout, textWithout } from '../../../core/erasing/without.ts';
import type { JsonObject, JsonValue } from '../../../core/model/item.ts';
import { safeText, textIn, textOrNull } from '../alerts/safe-text.ts';
import { jsonIn } from '../codec.ts';
import type { How, Place } from './places.ts';

/** Who is looked for. */
export interface Wanted {
  readonly names: readonly Sought[];
  /** What their events' user is from now on: nobody's, and the same for all of them. */
  readonly nobody: string;
}

export type Texts = Readonly<Record<string, string | null>>;

/** What becomes of a row: it goes, or these texts change. */
export type Change = 'goes' | Texts;

/** Null: it holds nothing of them. */
export function changeOf(row: Texts, { texts }: Pick<Place, 'texts'>, wanted: Wanted): Change | null {
  const columns = Object.entries(texts);
  const isTheirs = columns.some(([column, how]) => isOfTheirs(row, column, how, wanted));
  const changes: Record<string, string> = {};
  for (const [column, how] of columns) {
    const before = row[column] ?? null;
    if (before === null || how === 'fixed') continue;
    const after = (isTheirs ? (OF_THEIRS[how] ?? REWRITE[how]) : REWRITE[how])(before, wanted);
    if (after === before) continue;
    if (how === 'name') return 'goes';
    changes[column] = after;
  }
  return Object.keys(changes).length === 0 ? null : changes;
}

type Rewrite = (text: string, wanted: Wanted) => string;

const REWRITE: Readonly<Record<Exclude<How, 'fixed'>, Rewrite>> = {
  text: inText,
  name: inText,
  user: inText,
  json: ofOurs,
  event: ofOurs,
  state: (text, wanted) => inSafe(text, (own) => REWRITE.json(own, wanted)),
  given: (text, wanted) =>
    inSafe(text, (own) => inJson(own, wanted, (value) => jsonWithout(value, wanted.names, false))),
  words: (text, { names }) => inSafe(text, (own) => wordsWithout(own, names)),
  sample: (text, wanted) => inJson(text, wanted, (value) => sampleWithout(value, wanted)),
  reject: (text, wanted) => inJson(text, wanted, (value) => rejectWithout(value, wanted.names)),
};

function ofOurs(text: string, wanted: Wanted): string {
  return inJson(text, wanted, (value) => jsonWithout(value, wanted.names, true));
}

function inText(text: string, { names }: Wanted): string {
  return inSafe(text, (own) => textWithout(own, names));
}

function inSafe(text: string, act: (own: string) => string): string {
  const own = textIn(text);
  const after = act(own);
  return after === own ? text : safeText(after);
}

/** NOTE: what stays the same stays as it is written; what is no JSON, as somebody else wrote it, is a text. */
function inJson(text: string, { names }: Wanted, act: (value: JsonObject) => JsonValue): string {
  const value = jsonIn(text);
  if (typeof value !== 'object' || value === null) return textWithout(text, names);
  const before = JSON.stringify(value);
  const after = JSON.stringify(act(value as JsonObject));
  return after === before ? text : after;
}

/** NOTE: lists that are looked through by their words have a blank at each end. */
function wordsWithout(list: string, names: readonly Sought[]): string {
  const rest = names.reduce((words, name) => name.withoutWords(words), list);
  if (rest === list) return list;
  return list.startsWith(' ') && rest !== '' ? ` ${rest} ` : rest;
}

/** Whether a row is an event of theirs, or says most of one. */
function isOfTheirs(row: Texts, column: string, how: How, { names }: Wanted): boolean {
  if (how !== 'user' && how !== 'sample') return false;
  const kept = jsonIn(row[how === 'user' ? 'content' : column] ?? '') as Partial<Kept> | undefined;
  const user = how === 'user' ? textOrNull(row[column] ?? null) : (kept?.user ?? null);
  return isOfUser({ user, tags: kept?.tags ?? {} }, names);
}

/** Of an event of theirs what its issue is called stays, when it was, and where in the code. */
const OF_THEIRS: Readonly<Partial<Record<How, Rewrite>>> = {
  user: (_, { nobody }) => nobody,
  text: (text, { names }) => inSafe(text, (own) => ownTextWithout(own, names)),
  event: (text, wanted) =>
    inJson(text, wanted, ({ title, culprit, release }) =>
      ownWithout({ title, culprit, release } as JsonObject, wanted.names),
    ),
};

function ownWithout(value: JsonObject, names: readonly Sought[]): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => [key, typeof own === 'string' ? ownTextWithout(own, names) : own]),
  );
}

interface Kept {
  readonly user: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly sample: { readonly frames: JsonValue } | null;
}

function sampleWithout(value: JsonObject, { names, nobody }: Wanted): JsonValue {
  const { user = null, tags = {}, sample = null } = value as unknown as Partial<Kept>;
  if (!isOfUser({ user, tags }, names)) return jsonWithout(value, names, true);
  const rest = sample && { text: null, frames: sample.frames, context: [] };
  return jsonWithout({ ...value, user: nobody, tags: {}, sample: rest }, names, true);
}

/** Nobody knows what a record says that could not be read. */
function rejectWithout(value: JsonObject, names: readonly Sought[]): JsonValue {
  const after = jsonWithout(value, names, true) as JsonObject;
  return after['text'] === value['text'] ? after : { ...after, text: ERASED };
}

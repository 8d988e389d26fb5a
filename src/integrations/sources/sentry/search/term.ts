import type { Entry, Key, Term, Value } from './nodes.ts';
import { attempt, isGlued, peek, type Scanner, skipBlanks, take, takeQuoted } from './scanner.ts';

const TAG = '(?<kind>tags|flags)\\[(?<tag>[a-zA-Z0-9_.:-]+)(?: *, *(?:string|number))?\\]';
const NAME = '(?<bare>[a-zA-Z0-9_.-]+)|"(?<quoted>[a-zA-Z0-9_.:-]+)"';
const KEY = new RegExp(`${TAG}|${NAME}`, 'y');
const FIELD = new RegExp(`(?<not>!?)(?:${TAG}|${NAME}):`, 'y');
/** NOTE: only before a number or a date; else the call is text. */
const COUNT = /(?<not>!?)(?<call>[a-zA-Z0-9_.-]+\([^()]*\)):(?=(?:[<>]=?|!?=)?[+-]?\d)/y;

/** Whether a condition on a key stands at this place. */
export function isTermAhead({ text, at }: Scanner): boolean {
  const probe = { text, at, depth: 0 };
  return take(probe, FIELD) !== undefined || take(probe, COUNT) !== undefined;
}

/** Takes `key:value` in any form. */
export function takeTerm(scanner: Scanner): Term | undefined {
  const start = scanner.at;
  const found = take(scanner, FIELD) ?? take(scanner, COUNT);
  if (found === undefined) return undefined;
  const { not, call, bare } = found.groups!;
  const named: Key = call === undefined ? keyOf(found) : { kind: 'count', name: call };
  const has = bare === 'has' && !isNumberAhead(scanner) ? takeHas(scanner) : undefined;
  const { key, value } = has ?? { key: named, value: takeValue(scanner, bare === 'is') };
  const source = scanner.text.slice(start, scanner.at);
  return { kind: 'term', isNegated: not === '!', key, value, isGlued: isGlued(scanner), source };
}

function keyOf({ groups }: RegExpExecArray): Key {
  const { kind, tag, bare, quoted } = groups!;
  if (tag !== undefined) return { kind: kind === 'tags' ? 'tag' : 'flag', name: tag };
  // NOTE: in quotes it is no question for a state, but a tag.
  if (quoted === 'is') return { kind: 'tag', name: quoted };
  return { kind: 'field', name: bare ?? quoted ?? '' };
}

/** NOTE: numbers are tried first: `has:5` is a condition on a tag of the name `has`. */
function isNumberAhead({ text, at }: Scanner): boolean {
  const ofThese =
    /(?:(?:[<>]=?|!?=)?(?:-?\d+(?:\.\d*)?[a-z]*|\d{4}-\d\d-\d\d\S*)|[+-]\d+[wdhm]|true|false|\[[\d.,kmb -]*\])/iy;
  ofThese.lastIndex = at;
  return ofThese.test(text) && /^[\t\n )]?$/.test(text.charAt(ofThese.lastIndex));
}

function takeHas(scanner: Scanner): { readonly key: Key; readonly value: Value } {
  const found = take(scanner, KEY);
  if (found !== undefined) return { key: keyOf(found), value: { kind: 'has' } };
  if (takeQuoted(scanner) === undefined) take(scanner, /[^()\t\n ]*/y);
  return { key: { kind: 'field', name: 'has' }, value: { kind: 'flawed', why: 'key' } };
}

function takeValue(scanner: Scanner, isState: boolean): Value {
  const list = isState ? undefined : attempt(scanner, () => takeList(scanner));
  if (list !== undefined) {
    const entries = list.filter((entry) => entry !== null);
    return entries.length < list.length ? { kind: 'flawed', why: 'hole' } : { kind: 'list', entries };
  }
  const operator = (take(scanner, /[<>]=?|!?=/y)?.[0] ?? '') as Extract<Value, { kind: 'text' }>['operator'];
  const quoted = takeQuoted(scanner);
  if (quoted !== undefined) return { kind: 'text', operator, text: quoted, isQuoted: true };
  // A number ends before a comma, and what follows is a text of its own.
  const word = take(scanner, /-?\d+(?:\.\d*)?[kmb]?(?=[,\]])/y) ?? take(scanner, /[^()\t\n ]*/y);
  const text = word?.[0] ?? '';
  if (text === '') return { kind: 'flawed', why: 'nothing' };
  if (/(?<!\\)"/.test(text)) return { kind: 'flawed', why: 'quote' };
  return { kind: 'text', operator, text: text.replaceAll('\\"', '"'), isQuoted: false };
}

/** Null: a place in the list without an entry. */
function takeList(scanner: Scanner): readonly (Entry | null)[] | undefined {
  if (take(scanner, /\[/y) === undefined) return undefined;
  const first = takeEntry(scanner);
  if (first === undefined) return undefined;
  const entries: (Entry | null)[] = [first];
  while (take(scanner, / *, *(?!,)/y) !== undefined) entries.push(takeEntry(scanner) ?? null);
  return take(scanner, /\](?=[\t\n )]|$)/y) === undefined ? undefined : entries;
}

/** A text in quotes, or all up to the last character that a comma or bracket still follows. */
function takeEntry(scanner: Scanner): Entry | undefined {
  const quoted = takeQuoted(scanner);
  if (quoted !== undefined) return { text: quoted, isQuoted: true };
  const { at } = scanner;
  const isLetter = (): boolean => /[^(), ]/.test(peek(scanner));
  while (isLetter() && isEndAhead(scanner)) scanner.at++;
  return scanner.at === at
    ? undefined
    : { text: scanner.text.slice(at, scanner.at).replaceAll('\\"', '"'), isQuoted: false };
}

/** Behind this letter and others of the same entry comes its end. */
function isEndAhead({ text, at }: Scanner): boolean {
  const probe = { text, at: at + 1, depth: 0 };
  take(probe, /[^(), \]]*/y);
  if (peek(probe) === ']') return true;
  skipBlanks(probe);
  return peek(probe) === ',';
}

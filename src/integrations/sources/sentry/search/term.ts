import type { Entry, Key, Term, Value } from './nodes.ts';
import { attempt, gluedTo, peek, type Scanner, skipBlanks, take, takeQuoted } from './scanner.ts';

const TAG = '(?<kind>tags|flags)\\[(?<tag>[a-zA-Z0-9_.:-]+)(?: *, *(?:string|number))?\\]';
const NAME = '(?<bare>[a-zA-Z0-9_.-]+)|"(?<quoted>[a-zA-Z0-9_.:-]+)"';
const KEY = new RegExp(`${TAG}|${NAME}`, 'y');
const FIELD = new RegExp(`(?<not>!?)(?:${TAG}|${NAME}):`, 'y');
const END = '(?=[\\t\\n )]|$)';
const NUMBER = '-?\\d+(?:\\.\\d*)?[kmb]?(?=[\\t\\n ),\\]]|$)';
const LENGTH = `\\d+(?:\\.\\d*)?(?:ms|s|min|m|hr|h|day|d|wk|w)${END}`;
const DATE = `\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?)?(?:Z|[+-]\\d\\d:\\d\\d)?${END}`;
/** A number, length of time, yes or no, or list of numbers. */
const COMPARED = new RegExp(
  `(?:[<>]=?|!?=)?(?:${NUMBER}|${LENGTH})|(?:true|false)${END}|` + `\\[${NUMBER}(?: *, *(?!,)(?:${NUMBER})?)*\\]${END}`,
  'iy',
);
/** A date, or one so long ago. NOTE: there is no condition on a date with a `!` before it. */
const DATED = new RegExp(`(?:[<>]=?|!?=)?${DATE}|[+-]\\d+[wdhm]${END}`, 'iy');

/** NOTE: only before a number, a share, a length of time or a date; else the call is text. */
const COUNT = new RegExp(
  `(?<not>!?)(?<call>[a-zA-Z0-9_.-]+\\([^()]*\\)):(?=(?:[<>]=?|!?=)?` +
    `(?:${NUMBER}|${LENGTH}|${DATE}|[+-]\\d+[wdhm]${END}|\\d+(?:\\.\\d*)?%))`,
  'iy',
);

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
  const { not, call, bare, tag } = found.groups!;
  const isWord = (bare === 'has' || bare === 'is') && !isNumberAhead(scanner, not === '!');
  const isState = isWord && bare === 'is';
  const named: Key = call === undefined ? keyOf(found, isState) : { kind: 'count', name: call };
  const has = isWord && !isState ? takeHas(scanner) : undefined;
  const { key, value } = has ?? { key: named, value: takeValue(scanner, isState, tag === undefined) };
  const source = scanner.text.slice(start, scanner.at);
  return { kind: 'term', isNegated: not === '!', key, value, gluedTo: gluedTo(scanner), source };
}

function keyOf({ groups }: RegExpExecArray, isState = false): Key {
  const { kind, tag, bare, quoted } = groups!;
  if (tag !== undefined) return { kind: kind === 'tags' ? 'tag' : 'flag', name: tag };
  const name = bare ?? quoted ?? '';
  return { kind: name === 'is' && !isState ? 'tag' : 'field', name };
}

/** NOTE: numbers are tried first: `has:5` and `is:5` are conditions on tags of those names, and so is `"is":x`. */
function isNumberAhead({ text, at }: Scanner, isNegated: boolean): boolean {
  const isAhead = (what: RegExp): boolean => take({ text, at, depth: 0 }, what) !== undefined;
  return isAhead(COMPARED) || (!isNegated && isAhead(DATED));
}

function takeHas(scanner: Scanner): { readonly key: Key; readonly value: Value } {
  const found = take(scanner, KEY);
  if (found !== undefined) return { key: keyOf(found), value: { kind: 'has' } };
  if (takeQuoted(scanner) === undefined) take(scanner, /[^()\t\n ]*/y);
  return { key: { kind: 'field', name: 'has' }, value: { kind: 'flawed', why: 'key' } };
}

/** `mayBeNumber`: a key in brackets takes texts alone. */
function takeValue(scanner: Scanner, isState: boolean, mayBeNumber: boolean): Value {
  const listOf = (entry: typeof takeEntry) => attempt(scanner, () => takeList(scanner, entry));
  const list = isState ? undefined : (listOf(takeNumber) ?? listOf(takeEntry));
  if (list !== undefined) {
    const entries = list.filter((entry) => entry !== null);
    return entries.length < list.length ? { kind: 'flawed', why: 'hole' } : { kind: 'list', entries };
  }
  const operator = (take(scanner, /[<>]=?|!?=/y)?.[0] ?? '') as Extract<Value, { kind: 'text' }>['operator'];
  const quoted = takeQuoted(scanner);
  if (quoted !== undefined) return { kind: 'text', operator, text: quoted, isQuoted: true };
  // A number ends before a comma, and what follows is a text of its own.
  const number = mayBeNumber ? take(scanner, /-?\d+(?:\.\d*)?[kmb]?(?=[,\]])/y) : undefined;
  const word = number ?? take(scanner, /[^()\t\n ]*/y);
  const text = word?.[0] ?? '';
  if (text === '') return { kind: 'flawed', why: 'nothing' };
  if (/(?<!\\)"/.test(text)) return { kind: 'flawed', why: 'quote' };
  return { kind: 'text', operator, text: text.replaceAll('\\"', '"'), isQuoted: false };
}

/** Null: a place in the list without an entry. */
function takeList(
  scanner: Scanner,
  entry: (scanner: Scanner) => Entry | undefined,
): readonly (Entry | null)[] | undefined {
  if (take(scanner, /\[/y) === undefined) return undefined;
  const first = entry(scanner);
  if (first === undefined) return undefined;
  const entries: (Entry | null)[] = [first];
  while (take(scanner, / *, *(?!,)/y) !== undefined) entries.push(entry(scanner) ?? null);
  return take(scanner, /\](?=[\t\n )]|$)/y) === undefined ? undefined : entries;
}

function takeNumber(scanner: Scanner): Entry | undefined {
  const text = take(scanner, new RegExp(NUMBER, 'y'))?.[0];
  return text === undefined ? undefined : { text, isQuoted: false };
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

import { type Comparison, type Key, SearchError, type SearchMode, type Term, type Test } from './ast.ts';
import { isBoolean, isDate, isNumber } from './keys.ts';
import { patternOf, readPattern } from './pattern.ts';
import { type Scanner, take } from './scanner.ts';

// The rules of Sentry's grammar for `key:value`, each as one pattern, in its order: the first that fits is taken.

const END = '(?=[\\t\\n )]|$)';
const KEY = '(?<key>[a-zA-Z0-9_.-]+)|"(?<quotedKey>[a-zA-Z0-9_.:-]+)"';
const TAG = '(?<holder>tags|flags)\\[(?<tag>[a-zA-Z0-9_.:-]+)(?: *, *(?:string|number))?\\]';
const CALL = '(?<call>[a-zA-Z0-9_.-]+\\([^()]*\\))';
const NOT = '(?<not>!)?';
const OPERATOR = '(?<operator>>=|<=|>|<|=|!=)?';
const QUOTED = '"(?:\\\\"|[^"\\\\]|\\\\(?!"))*"';
const NUMERIC = '[0-9]+(?:\\.[0-9]*)?';
const NUMBER = `-?${NUMERIC}(?:[kmb])?(?=[\\t\\n ),\\]]|$)`;
const DATE = `\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?)?(?:Z|[+-]\\d{2}:\\d{2})?${END}`;
const RELATIVE = `[+-][0-9]+[wdhm]${END}`;
const DURATION = `${NUMERIC}(?:ms|s|min|m|hr|h|day|d|wk|w)${END}`;
const ENTRY = `(?:${QUOTED}|(?:(?=[^(), ](?:(?!\\]| *,)[^(), ])*(?:\\]| *,))[^(), ])+)`;
const LIST = (entry: string): string => `\\[${entry}(?: *, *(?!,)(?:${entry})?)*\\]${END}`;

const RULES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['date', rule(`(?:${KEY}):${OPERATOR}(?<value>${DATE})`)],
  ['date', rule(`(?:${KEY}):(?<value>${RELATIVE})`)],
  ['number', rule(`${NOT}(?:${KEY}):${OPERATOR}(?<value>${DURATION})`)],
  ['boolean', rule(`${NOT}(?:${KEY}):(?<value>(?:true|1|false|0)${END})`, 'i')],
  ['numbers', rule(`${NOT}(?:${KEY}):(?<value>${LIST(NUMBER)})`)],
  ['number', rule(`${NOT}(?:${KEY}):${OPERATOR}(?<value>${NUMBER})`)],
  ['aggregate', rule(`${NOT}${CALL}:${OPERATOR}(?<value>${DATE}|${RELATIVE}|${DURATION}|${NUMBER}|${NUMERIC}%)`)],
  ['has', rule(`${NOT}has:(?<has>${TAG}|${KEY})`)],
  ['hasNothing', rule(`${NOT}has:(?<value>${QUOTED}|[^()\\t\\n ]*)`)],
  ['is', rule(`${NOT}is:(?<value>${QUOTED}|[^()\\t\\n ]*)`)],
  ['list', rule(`${NOT}(?:${TAG}|${KEY}):(?=\\[)`)],
  ['text', rule(`${NOT}(?:${TAG}|${KEY}):${OPERATOR}(?<value>${QUOTED}|[^()\\t\\n ]*)`)],
];

function rule(pattern: string, flags = ''): RegExp {
  return new RegExp(pattern, `y${flags}`);
}

type Found = Readonly<Record<string, string | undefined>>;

/** Whether a filter stands here. */
export function isFilterAhead({ text, at }: Scanner): boolean {
  return RULES.some(([, pattern]) => take({ text, at }, pattern) !== undefined);
}

/** Takes `key:value` in any of its forms, or nothing when no key stands here. */
export function takeFilter(scanner: Scanner, mode: SearchMode): Term | undefined {
  for (const [name, pattern] of RULES) {
    const { at } = scanner;
    const found = take(scanner, pattern)?.groups;
    if (found === undefined) continue;
    const value = name === 'list' ? takeList(scanner) : found['value'];
    if (name !== 'list' || value !== undefined)
      return { negated: found['not'] === '!', ...meaning(name, { ...found, value }, mode) };
    scanner.at = at;
  }
  return undefined;
}

/** NOTE: an entry that was taken is never given back, so this is no single pattern. */
function takeList(scanner: Scanner): string | undefined {
  const start = scanner.at;
  const entry = new RegExp(ENTRY, 'y');
  if (take(scanner, /\[/y) === undefined || take(scanner, entry) === undefined) return undefined;
  while (take(scanner, / *, *(?!,)/y) !== undefined) take(scanner, entry);
  return take(scanner, new RegExp(`\\]${END}`, 'y')) === undefined ? undefined : scanner.text.slice(start, scanner.at);
}

function meaning(name: string, found: Found, mode: SearchMode): { readonly key: Key; readonly test: Test } {
  const value = found['value'] ?? '';
  if (name === 'has') return { key: keyOf(found), test: { kind: 'has' } };
  if (name === 'hasNothing')
    throw new SearchError('Invalid format for "has" search: was expecting a field or tag instead');
  if (name === 'is') return stateOf(unquoted(value), mode);
  const key = keyOf(found);
  if (key.kind === 'aggregate' && mode === 'issues')
    throw new SearchError('Aggregate filters are not supported in this search.');
  if (name === 'list' || name === 'numbers') return { key, test: listOf(value, key) };
  return { key, test: testOf(name, key, found) };
}

function keyOf({ key, quotedKey, tag, holder, call }: Found): Key {
  if (tag !== undefined) return { kind: 'tag', name: holder === 'flags' ? `flags[${tag}]` : tag };
  if (call !== undefined) return { kind: 'aggregate', name: call.replaceAll(' ', '') };
  return { kind: 'field', name: key ?? quotedKey ?? '' };
}

const STATES = ['resolved', 'unresolved', 'ignored', 'archived', 'muted', 'reprocessing'];

/** The table knows an issue's status and nothing else of it. */
function stateOf(value: string, mode: SearchMode): { readonly key: Key; readonly test: Test } {
  const test: Test = { kind: 'text', pattern: readPattern(value) };
  if (mode === 'issues') return { key: { kind: 'field', name: 'is' }, test };
  if (value.startsWith('[')) throw new SearchError('"in" syntax invalid for "is" search');
  if (!STATES.includes(value))
    throw new SearchError(`Invalid value for "is" search, valid values are ${JSON.stringify(STATES)}`);
  return { key: { kind: 'field', name: 'status' }, test };
}

function listOf(value: string, key: Key): Test {
  const entries = value.slice(1, -1).match(new RegExp(`${QUOTED}|[^, ]+(?: +[^, ]+)*|,`, 'g')) ?? [];
  const isHole = entries.some((entry, i) => entry === ',' && (entries[i + 1] ?? ',') === ',');
  if (isHole) throw new SearchError('Lists should not have empty values');
  const patterns = entries.filter((entry) => entry !== ',').map((entry) => patternOf(unquoted(entry)));
  if (isNumber(key)) for (const { text } of patterns) numberFor(key, text);
  else basic(key, value);
  return { kind: 'list', patterns };
}

function testOf(name: string, key: Key, { operator = '', value = '' }: Found): Test {
  const isOrder = operator !== '' && operator !== '=' && operator !== '!=';
  if (value === '' && name === 'text') throw new SearchError(`Empty string after '${key.name}:'`);
  checkQuotes(value);
  const plain = unquoted(value);
  const isNumeric = name === 'number' || name === 'boolean' || name === 'aggregate';
  if (isDate(key) && (name === 'date' || name === 'aggregate')) {
    if (isOrder) return { kind: 'compare', by: operator as Comparison, value: plain };
    return { kind: 'text', pattern: patternOf(plain) };
  }
  if (isNumber(key) && isNumeric) {
    const number = numberFor(key, plain);
    return isOrder
      ? { kind: 'compare', by: operator as Comparison, value: number }
      : { kind: 'text', pattern: readPattern(number) };
  }
  if (isBoolean(key) && name === 'boolean')
    return { kind: 'text', pattern: readPattern(/^(?:true|1)$/i.test(plain) ? 'true' : 'false') };
  basic(key, plain);
  return { kind: 'text', pattern: patternOf(isOrder ? operator + plain : plain) };
}

/** What got here has a value that its key does not take. */
function basic(key: Key, value: string): void {
  if (isDate(key)) throw new SearchError(`${key.name}: Invalid date: ${value}.`);
  if (isBoolean(key)) throw new SearchError(`${key.name}: Invalid boolean: ${value}. Expected true, 1, false, or 0.`);
  if (isNumber(key)) throw new SearchError(`${key.name}: Invalid number: ${value}.`);
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, b: 1e9 };

function numberFor(key: Key, value: string): string {
  const [, digits, unit = ''] = /^(-?\d+(?:\.\d*)?)([a-z]*)$/.exec(value) ?? [];
  const by = UNITS[unit];
  if (digits === undefined || by === undefined) throw new SearchError(`${key.name}: Invalid number: ${value}.`);
  return String(Number(digits) * by);
}

function unquoted(value: string): string {
  const inside = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  return inside.replaceAll('\\"', '"');
}

/** A value in quotes has fitted as such; any other quote must be escaped. */
function checkQuotes(value: string): void {
  if (new RegExp(`^${QUOTED}$`).test(value) || !/(?<!\\)"/.test(value)) return;
  throw new SearchError(`Invalid quote at '${value}': quotes must enclose text or be escaped.`);
}

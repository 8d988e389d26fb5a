import { type Comparison, type Key, SearchError, type SearchMode, type Term, type Test } from './ast.ts';
import { readPattern } from './pattern.ts';
import {
  atTermEnd,
  hasLooseQuote,
  parseError,
  peek,
  quoteError,
  type Scanner,
  skipSpaces,
  take,
  takeQuoted,
} from './scanner.ts';

const KEY =
  /(!?)(?:tags\[([a-zA-Z0-9_.:-]+)(?:, ?(?:string|number))?\]|"([a-zA-Z0-9_.:-]+)"|([a-z_]+\([a-zA-Z0-9_.:, -]*\))|([a-zA-Z0-9_.-]+)):/y;

/** Takes `key:value` in any of its forms, or nothing when no key stands here. */
export function takeFilter(scanner: Scanner, mode: SearchMode): Term | undefined {
  const found = take(scanner, KEY);
  if (found === undefined) return undefined;
  const negated = found[1] === '!';
  const key = keyOf(found);
  refuseKey(key, mode);
  if (key.kind === 'field' && key.name === 'has') return { negated, key: takeHasKey(scanner), test: { kind: 'has' } };
  return { negated, key, test: takeTest(scanner, key) };
}

function keyOf(found: RegExpExecArray): Key {
  const [, , tag, quoted, aggregate, bare] = found;
  if (tag !== undefined) return { kind: 'tag', name: tag };
  if (aggregate !== undefined) return { kind: 'aggregate', name: aggregate.replaceAll(' ', '') };
  return { kind: 'field', name: quoted ?? bare ?? '' };
}

function refuseKey(key: Key, mode: SearchMode): void {
  if (mode === 'events' && key.kind === 'field' && (key.name === 'is' || key.name === 'assigned')) {
    throw new SearchError(`"${key.name}:" queries are not supported in this search.`);
  }
  if (mode === 'issues' && key.kind === 'aggregate') {
    throw new SearchError('Aggregate filters are not supported in this search.');
  }
}

function takeHasKey(scanner: Scanner): Key {
  const tag = take(scanner, /tags\[([a-zA-Z0-9_.:-]+)\]/y);
  if (tag !== undefined) return { kind: 'tag', name: tag[1] ?? '' };
  const name = takeQuoted(scanner) ?? take(scanner, /[a-zA-Z0-9_.:-]+/y)?.[0];
  if (name === undefined || name === '') throw new SearchError("Empty string after 'has:'");
  return { kind: 'field', name };
}

function takeTest(scanner: Scanner, key: Key): Test {
  if (peek(scanner) === '[') {
    const list = takeList(scanner);
    if (list !== undefined) return list;
  }
  const comparison = isComparable(key) ? take(scanner, />=|<=|>|</y)?.[0] : undefined;
  if (comparison === undefined) return { kind: 'text', pattern: readPattern(takeValue(scanner, key)) };
  const value = takeValue(scanner, key);
  checkOperand(key, value);
  return { kind: 'compare', by: comparison as Comparison, value };
}

/** On other keys `>5` is text (SA §9.1: numbers, dates, durations). */
function isComparable(key: Key): boolean {
  return key.kind === 'aggregate' || isDate(key) || isNumber(key);
}

const NUMBERS = new Set(['issue.id', 'project.id', 'timesSeen', 'userCount']);
const DATES = new Set(['timestamp', 'firstSeen', 'lastSeen', 'last_seen()', 'error.received']);

export function isNumber(key: Key): boolean {
  return key.kind === 'aggregate' ? !DATES.has(key.name) : key.kind === 'field' && NUMBERS.has(key.name);
}

export function isDate(key: Key): boolean {
  return key.kind !== 'tag' && DATES.has(key.name);
}

function checkOperand(key: Key, value: string): void {
  const good = isDate(key) ? !Number.isNaN(Date.parse(value)) : /^-?\d+(\.\d+)?$/.test(value);
  if (!good) throw new SearchError(`${key.name}: Invalid ${isDate(key) ? 'date' : 'number'}: ${value}.`);
}

/** The raw value, `\"` kept. A quoted empty value is allowed, a missing one is not (SA §8.4). */
function takeValue(scanner: Scanner, key: Key): string {
  const start = scanner.at;
  const quoted = takeQuoted(scanner);
  if (quoted !== undefined && atTermEnd(scanner)) return quoted;
  scanner.at = start;
  const word = take(scanner, /[^()\t\n ]+/y)?.[0];
  if (word === undefined) throw new SearchError(`Empty string after '${key.name}:'`);
  if (hasLooseQuote(word)) throw quoteError(word);
  return word;
}

function takeList(scanner: Scanner): Test | undefined {
  const start = scanner.at;
  const values: string[] = [];
  scanner.at++;
  for (;;) {
    skipSpaces(scanner);
    const value = takeQuoted(scanner) ?? take(scanner, /[^\s,()[\]"]+(?: +[^\s,()[\]"]+)*/y)?.[0];
    if (value === undefined) break;
    values.push(value);
    skipSpaces(scanner);
    if (take(scanner, /,/y) === undefined) break;
  }
  if (values.length > 0 && take(scanner, /\]/y) !== undefined && atTermEnd(scanner)) {
    return { kind: 'list', patterns: values.map(readPattern) };
  }
  throw parseError(scanner.text, start);
}

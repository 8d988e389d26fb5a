import type { SandboxEvent } from '../types.ts';
import { type Comparison, type Key, type Pattern, SearchError, type SearchNode, type Term } from './ast.ts';
import { bareGetter, type Getter, type Lookup, tagGetter } from './fields.ts';
import { messageTest, valueTest } from './pattern.ts';
import { isDate, isNumber } from './term.ts';

export type EventTest = (event: SandboxEvent) => boolean;

/** Turns a search without aggregates into a test of one event. */
export function compileSearch(node: SearchNode, lookup: Lookup): EventTest {
  if (node.kind === 'term') return compileTerm(node.term, lookup);
  const tests = node.parts.map((part) => compileSearch(part, lookup));
  if (node.kind === 'and') return (event) => tests.every((test) => test(event));
  return (event) => tests.some((test) => test(event));
}

function compileTerm(term: Term, lookup: Lookup): EventTest {
  const test = positiveTest(term, lookup);
  return term.negated ? (event) => !test(event) : test;
}

function positiveTest(term: Term, lookup: Lookup): EventTest {
  const { key, test } = term;
  if (key.kind === 'field' && key.name.startsWith('stack.')) return stackTest(term);
  const get = getterOf(key);
  if (test.kind === 'has') return (event) => (get(event, lookup) ?? '') !== '';
  if (test.kind === 'compare') {
    const holds = comparison(test.by, operand(key, test.value));
    return (event) => holds(operand(key, get(event, lookup) ?? ''));
  }
  if (test.kind === 'text' && isMoment(key)) return aroundTest(test.pattern, get, lookup);
  const matches = test.kind === 'list' ? listTest(test.patterns) : textTest(key, test.pattern);
  return (event) => matches(get(event, lookup) ?? '');
}

function getterOf(key: Key): Getter {
  return key.kind === 'tag' ? tagGetter(key.name) : bareGetter(key.name);
}

/** Also on `message` a list is equality (SA §9.1, newest). */
function listTest(patterns: readonly Pattern[]): (value: string) => boolean {
  const tests = patterns.map(valueTest);
  return (value) => tests.some((test) => test(value));
}

function textTest(key: Key, pattern: Pattern): (value: string) => boolean {
  if (pattern.text === '') return (value) => value === '';
  if (isNumber(key) && !/^-?\d+$/.test(pattern.text)) {
    throw new SearchError(`${key.name}: Invalid number: ${pattern.text}.`);
  }
  return key.kind === 'field' && key.name === 'message' ? messageTest(pattern) : valueTest(pattern);
}

function stackTest(term: Term): EventTest {
  const part = term.key.name === 'stack.filename' ? 'filename' : 'function';
  const { test } = term;
  if (test.kind === 'has') return (event) => event.stack.length > 0;
  if (test.kind === 'compare') return () => false;
  const matches = test.kind === 'list' ? listTest(test.patterns) : valueTest(test.pattern);
  return (event) => event.stack.some((frame) => matches(frame[part]));
}

function isMoment(key: Key): boolean {
  return key.kind === 'field' && key.name === 'timestamp';
}

const MINUTE = 60_000;

/** `timestamp:X` is from five minutes before to six after (SA §9.1). */
function aroundTest(pattern: Pattern, get: Getter, lookup: Lookup): EventTest {
  const middle = Date.parse(withZone(pattern.text));
  if (Number.isNaN(middle)) throw new SearchError(`${pattern.text} is not a valid ISO8601 date query`);
  return (event) => {
    const at = Date.parse(get(event, lookup) ?? '');
    return at >= middle - 5 * MINUTE && at < middle + 6 * MINUTE;
  };
}

/** A number, or epoch milliseconds for date keys. */
export function operand(key: Key, value: string): number {
  return isDate(key) ? Date.parse(withZone(value)) : Number(value);
}

function withZone(value: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(value) ? `${value}Z` : value;
}

export function comparison(by: Comparison, right: number): (left: number) => boolean {
  if (by === '>') return (left) => left > right;
  if (by === '>=') return (left) => left >= right;
  if (by === '<') return (left) => left < right;
  return (left) => left <= right;
}

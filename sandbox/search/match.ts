import type { SandboxEvent } from '../types.ts';
import { type Comparison, type Key, type Pattern, SearchError, type SearchNode, type Term } from './ast.ts';
import { bareGetter, type Getter, type Got, type Lookup, tagGetter, textOf } from './fields.ts';
import { isDate } from './keys.ts';
import { messageTest, valueTest } from './pattern.ts';
import { checkTerm, withoutAliases } from './refusals.ts';

export type EventTest = (event: SandboxEvent) => boolean;

/** Turns a search without aggregates into a test of one event. */
export function compileSearch(node: SearchNode, lookup: Lookup): EventTest {
  if (node.kind === 'term') return compileTerm(node.term, lookup);
  const tests = node.parts.map((part) => compileSearch(part, lookup));
  if (node.kind === 'and') return (event) => tests.every((test) => test(event));
  return (event) => tests.some((test) => test(event));
}

function compileTerm(given: Term, lookup: Lookup): EventTest {
  checkTerm(given);
  const term = withoutAliases(given);
  const test = positiveTest(term, lookup);
  return term.negated ? (event) => !test(event) : test;
}

function positiveTest(term: Term, lookup: Lookup): EventTest {
  const { key, test } = term;
  if (key.kind === 'field' && (key.name === 'start' || key.name === 'end')) return () => true;
  if (key.kind === 'field' && (key.name === 'stack.filename' || key.name === 'stack.function')) return stackTest(term);
  const get = getterOf(key);
  if (test.kind === 'has') return (event) => !isNothing(get(event, lookup));
  if (test.kind === 'compare') {
    const holds = comparison(test.by, operand(key, test.value));
    return (event) => holds(operand(key, textOf(get(event, lookup)) ?? ''));
  }
  if (test.kind === 'text' && isMoment(key)) return aroundTest(test.pattern, get, lookup);
  const matches =
    test.kind === 'list' ? listTest(test.patterns, term.negated) : textTest(key, test.pattern, lookup.messages);
  return (event) => valuesOf(get(event, lookup)).some(matches);
}

function isNothing(got: Got): boolean {
  return got === null || got.length === 0;
}

/** Of a list, any entry; of nothing, the empty text. */
function valuesOf(got: Got): readonly string[] {
  if (got === null) return [''];
  return typeof got === 'string' ? [got] : got;
}

function getterOf(key: Key): Getter {
  return key.kind === 'tag' ? tagGetter(key.name) : bareGetter(key.name);
}

/**
 * Also on `message` a list is equality. Negated, one with a star leaves out only what fits all of it.
 */
function listTest(patterns: readonly Pattern[], negated: boolean): (value: string) => boolean {
  const tests = patterns.map(valueTest);
  if (negated && patterns.some(({ parts }) => parts.length > 1)) return (value) => tests.every((test) => test(value));
  return (value) => tests.some((test) => test(value));
}

function textTest(key: Key, pattern: Pattern, messages: Lookup['messages']): (value: string) => boolean {
  if (pattern.text === '') return (value) => value === '';
  const isHeld = key.kind === 'field' && key.name === 'message' && (messages === 'held' || pattern.parts.length > 1);
  return isHeld ? messageTest(pattern) : valueTest(pattern);
}

function stackTest(term: Term): EventTest {
  const part = term.key.name === 'stack.filename' ? 'filename' : 'function';
  const { test } = term;
  if (test.kind === 'has') return (event) => event.stack.length > 0;
  if (test.kind === 'compare') return () => false;
  const matches = test.kind === 'list' ? listTest(test.patterns, term.negated) : valueTest(test.pattern);
  return (event) => event.stack.some((frame) => matches(frame[part]));
}

function isMoment(key: Key): boolean {
  return key.kind === 'field' && key.name === 'timestamp';
}

const MINUTE = 60_000;

/** `timestamp:X` is from five minutes before to six after, or that day. */
function aroundTest(pattern: Pattern, get: Getter, lookup: Lookup): EventTest {
  const middle = Date.parse(withZone(pattern.text));
  if (Number.isNaN(middle)) throw new SearchError(`${pattern.text} is not a valid ISO8601 date query`);
  const [from, to] = pattern.text.includes('T') ? [-5, 6] : [0, 24 * 60];
  return (event) => {
    const at = Date.parse(textOf(get(event, lookup)) ?? '');
    return at >= middle + from * MINUTE && at < middle + to * MINUTE;
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

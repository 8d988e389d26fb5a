import type { Key } from './ast.ts';

const NUMBERS = new Set([
  'issue.id',
  'project.id',
  'stack.colno',
  'stack.lineno',
  'stack.stack_level',
  'timesSeen',
  'userCount',
]);
const DATES = new Set([
  'start',
  'end',
  'time',
  'timestamp',
  'timestamp.to_hour',
  'timestamp.to_day',
  'error.received',
  'firstSeen',
  'lastSeen',
  'last_seen()',
]);
const BOOLEANS = new Set(['error.handled', 'error.unhandled', 'error.main_thread', 'stack.in_app']);

export function isNumber(key: Key): boolean {
  return key.kind === 'aggregate' ? !DATES.has(key.name) : key.kind === 'field' && NUMBERS.has(key.name);
}

export function isDate(key: Key): boolean {
  return key.kind !== 'tag' && DATES.has(key.name);
}

export function isBoolean(key: Key): boolean {
  return key.kind === 'field' && BOOLEANS.has(key.name);
}

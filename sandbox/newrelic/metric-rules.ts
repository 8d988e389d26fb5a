import { isRecord } from '../http/message.ts';
import { DAY } from '../types.ts';
import type { Verdict } from './event-rules.ts';
import { anyUnit, NAME_CHARACTERS } from './http.ts';

const NOT_ALLOWED = new Set(['interval.ms', 'timestamp', 'value', 'common', 'min', 'max', 'count', 'sum', 'metrics']);
const KEY_LIMIT = 255;
const VALUE_LIMIT = 4096;
const ATTRIBUTE_LIMIT = 100;

/** A fault in `common` loses the whole block. */
export function commonProblem(common: unknown): string | undefined {
  if (common === undefined) return undefined;
  if (!isRecord(common)) return 'not an object';
  const { timestamp, attributes } = common;
  const interval = common['interval.ms'];
  if (timestamp !== undefined && !isNumber(timestamp)) return 'timestamp is not a number';
  if (interval !== undefined && !isPositive(interval)) return 'interval.ms is not positive';
  if (attributes !== undefined && !isRecord(attributes)) return 'attributes is not an object';
  return isRecord(attributes) ? attributesProblem(attributes) : undefined;
}

/** One data point over its `common`; the record kept is both together. */
export function judgePoint(point: unknown, common: Record<string, unknown>, now: number): Verdict {
  if (!isRecord(point)) return { kind: 'dropped', message: 'data point is not an object' };
  const own = point['attributes'];
  if (own !== undefined && !isRecord(own)) return { kind: 'dropped', message: 'attributes is not an object' };
  const attributes = { ...attributesOf(common), ...own };
  const record = { type: 'gauge', ...common, ...point, attributes };
  const message =
    intrinsicProblem(record) ??
    attributesProblem(attributes) ??
    timeProblem(record, now) ??
    (isAttribute(attributes, record) ? 'metric name is also an attribute name' : undefined);
  if (message !== undefined) return { kind: 'dropped', message };
  return { kind: 'stored', record, timestamp: Math.floor(anyUnit(Number(timestampIn(record)))), notes: [] };
}

function isAttribute(attributes: Record<string, unknown>, { name }: Record<string, unknown>): boolean {
  return typeof name === 'string' && Object.hasOwn(attributes, name);
}

function attributesOf(common: Record<string, unknown>): Record<string, unknown> {
  return isRecord(common['attributes']) ? common['attributes'] : {};
}

function timestampIn(record: Record<string, unknown>): unknown {
  return record['timestamp'];
}

function intrinsicProblem(record: Record<string, unknown>): string | undefined {
  const { name, type, value } = record;
  const interval = record['interval.ms'];
  if (typeof name !== 'string' || name === '') return 'name is missing';
  if (name.length >= KEY_LIMIT) return 'name is too long';
  if (type !== 'gauge' && type !== 'count' && type !== 'summary') return `unknown type: ${String(type)}`;
  if (interval !== undefined && !isPositive(interval)) return 'interval.ms is not positive';
  if (type !== 'gauge' && interval === undefined) return `interval.ms is required for ${type}`;
  if (type === 'summary') return summaryProblem(value);
  if (!isNumber(value)) return 'value is not a number';
  return type === 'count' && value < 0 ? 'value of a count is negative' : undefined;
}

function summaryProblem(value: unknown): string | undefined {
  if (!isRecord(value)) return 'value of a summary is not an object';
  const missing = ['count', 'sum', 'min', 'max'].find((key) => !isNumber(value[key]));
  return missing === undefined ? undefined : `value of a summary: ${missing} is not a number`;
}

function timeProblem(record: Record<string, unknown>, now: number): string | undefined {
  const timestamp = timestampIn(record);
  if (timestamp === undefined) return 'timestamp is missing';
  if (!isNumber(timestamp)) return 'timestamp is not a number';
  const age = now - anyUnit(timestamp);
  if (age > 2 * DAY) return 'timestamp is older than 48 hours';
  return age < -DAY ? 'timestamp is more than 24 hours ahead' : undefined;
}

function attributesProblem(attributes: Record<string, unknown>): string | undefined {
  const entries = Object.entries(attributes);
  if (entries.length > ATTRIBUTE_LIMIT) return 'too many attributes';
  for (const [key, value] of entries) {
    if (key.length > KEY_LIMIT) return 'attribute name is too long';
    if (!NAME_CHARACTERS.test(key)) return `attribute name has other characters: ${key}`;
    if (NOT_ALLOWED.has(key)) return `attribute name is not allowed: ${key}`;
    if (typeof value === 'string' && value.length > VALUE_LIMIT) return `attribute value is too long: ${key}`;
    if (typeof value !== 'string' && typeof value !== 'boolean' && !isNumber(value))
      return `attribute has a wrong type: ${key}`;
  }
  return undefined;
}

/** JSON's 1e999 is read as infinite and dropped. */
function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isPositive(value: unknown): boolean {
  return isNumber(value) && value > 0;
}

import { DAY } from '../types.ts';
import { NAME_CHARACTERS, secondsOrMillis } from './http.ts';

/** What New Relic makes of one event after the 200. */
export type Verdict =
  | { readonly kind: 'dropped'; readonly message: string }
  | {
      readonly kind: 'stored';
      readonly record: Record<string, unknown>;
      readonly timestamp: number;
      readonly notes: string[];
    };

const VALUE_LIMIT = 4096;
const NAME_LIMIT = 255;
const ATTRIBUTE_LIMIT = 254;

export function judgeEvent(event: Record<string, unknown>, now: number): Verdict {
  const message = typeProblem(event['eventType']) ?? attributeProblem(event);
  if (message !== undefined) return { kind: 'dropped', message: `1 event(s) rejected because ${message}` };
  const notes: string[] = [];
  const record = Object.fromEntries(Object.entries(event).filter(([name, value]) => isKept(name, value, notes)));
  return { kind: 'stored', record, timestamp: timestampOf(event['timestamp'], now, notes), notes };
}

function typeProblem(type: unknown): string | undefined {
  if (type === undefined || type === null || type === '') return 'missing required attributes `eventType`';
  if (typeof type !== 'string') return '`eventType` was not a string';
  if (/[.,\\[\]]/.test(type)) return '`eventType` cannot contain the following characters: `[., \\]`';
  if (!/^[a-zA-Z0-9_: ]+$/.test(type)) return '`eventType` has characters other than alphanumerics, `_` and `:`';
  if (type.length > NAME_LIMIT) return 'attribute value exceeded maximum length';
  if (/^(Metric(Raw|[0-9].*)?|Public_.*)$/.test(type)) return '`eventType` is prohibited';
  return undefined;
}

function attributeProblem(event: Record<string, unknown>): string | undefined {
  const entries = Object.entries(event);
  if (entries.length > ATTRIBUTE_LIMIT) return 'event exceeded maximum number of attributes';
  for (const [name, value] of entries) {
    if (name === '') return 'attribute is missing attribute name';
    if (Buffer.byteLength(name) > NAME_LIMIT) return 'attribute name exceeded maximum length';
    if (typeof value === 'string' && value.length > VALUE_LIMIT) return 'attribute value exceeded maximum length';
    if (value !== null && typeof value !== 'string' && typeof value !== 'number')
      return `attribute \`${name}\` is neither a string nor a number`;
    if (name === 'appId' && !Number.isInteger(value)) return 'attribute `appId` was not an integer';
  }
  return undefined;
}

/** Attributes that New Relic leaves out while the event stays. */
function isKept(name: string, value: unknown, notes: string[]): boolean {
  if (value === null) notes.push(`attribute ${name} not stored: null`);
  else if (name === 'accountId') notes.push('attribute accountId not stored: reserved');
  else if (!NAME_CHARACTERS.test(name)) notes.push(`attribute ${name} not stored: characters`);
  else return true;
  return false;
}

/** A decimal, or more than a day off: the arrival time instead. */
function timestampOf(value: unknown, now: number, notes: string[]): number {
  if (value === undefined || value === null) return now;
  const instant = Number.isInteger(value) ? secondsOrMillis(value as number) : NaN;
  if (Math.abs(instant - now) <= DAY) return instant;
  notes.push(`timestamp ${JSON.stringify(value)} replaced by the arrival time`);
  return now;
}

import { DAY } from '../types.ts';
import { badRequest } from './errors.ts';

/** Half-open, epoch milliseconds on whole seconds. */
export type Span = { readonly start: number; readonly end: number; readonly given: boolean };

const RETENTION = 90 * DAY;
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: DAY, w: 7 * DAY };

/** start/end/statsPeriod, as Sentry reads them. `prefix` stands before the texts of the events endpoint. */
export function readSpan(query: URLSearchParams, now: number, prefix: string): Span {
  const period = query.get('statsPeriod');
  if (period !== null && period !== '') return relativeSpan(period, now, prefix);
  const start = query.get('start') ?? '';
  const end = query.get('end') ?? '';
  if (start === '' && end === '') return { start: now - RETENTION, end: now, given: false };
  if (start === '' || end === '') throw badRequest(`${prefix}start and end are both required`);
  return checkedSpan(readDate(start, prefix), readDate(end, prefix), now, prefix);
}

function checkedSpan(start: number, end: number, now: number, prefix: string): Span {
  if (start >= end) throw badRequest(`${prefix}start must be before end`);
  if (end <= now - RETENTION) throw badRequest('Invalid date range. Please try a more recent date range.');
  return { start, end, given: true };
}

function relativeSpan(period: string, now: number, prefix: string): Span {
  const parts = /^(\d+)([smhdw])$/.exec(period);
  const length = Number(parts?.[1]) * (UNITS[parts?.[2] ?? ''] ?? NaN);
  if (!(length > 0)) throw badRequest(`${prefix}Invalid statsPeriod: '${period}'`);
  const step = roundingOf(length);
  return { start: Math.floor((now - length) / step) * step, end: Math.ceil(now / step) * step, given: true };
}

/** Over an hour outwards to the minute, from 30 days to a quarter of an hour. */
function roundingOf(length: number): number {
  if (length >= 30 * DAY) return 900_000;
  return length > 3_600_000 ? 60_000 : 1000;
}

/** A `+hh:mm` is taken off and ignored, also when the URL made its plus a space; a negative one is an error. */
function readDate(text: string, prefix: string): number {
  const local = text.replace(/Z$/, '').replace(/[+ ]\d\d:\d\d$/, '');
  if (/^\d+(\.\d+)?$/.test(local)) return Math.floor(Number(local)) * 1000;
  const parts = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d{1,6})?)?$/.exec(local);
  const instant = parts === null ? NaN : Date.parse(`${parts[1] ?? ''}T${parts[2] ?? '00:00:00'}Z`);
  if (Number.isNaN(instant)) throw badRequest(`${prefix}${text} is not a valid ISO8601 date query`);
  return instant;
}

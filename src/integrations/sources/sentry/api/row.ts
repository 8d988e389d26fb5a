import { UpstreamError } from '../../../../core/model/errors.ts';
import { type Columns, groupedBy } from './query.ts';

/** Values by the names of the fields that were asked for. */
export type Row = Readonly<Record<string, unknown>>;

/** The values a row is grouped by; a number is the same as its text. */
export function keyOf(row: Row, columns: Columns): string {
  return JSON.stringify(groupedBy(columns).map((field) => valueOf(row[field])));
}

function valueOf(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : (value ?? null);
}

/**
 * A count of a row: a whole number that can be told from its neighbours. A number in text is accepted; anything else is
 * an answer that Sentry does not document.
 */
export function numberIn(row: Row, field: string): number {
  const value = row[field];
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) throw noCount(`no number in ${field}`);
  if (!Number.isSafeInteger(number)) throw noCount(`${number} in ${field}, and a count is a whole number below 2^53`);
  return number;
}

function noCount(what: string): UpstreamError {
  return new UpstreamError(`sentry: the events table has ${what}`, {
    service: 'sentry',
    status: 200,
    retryable: false,
  });
}

/** An id of a row as text; null when the events have none (`0`, null or empty, SA §2.3). */
export function idIn(row: Row, field: string): string | null {
  const value = row[field];
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  return value === 0 || value === '0' || value === '' ? null : String(value);
}

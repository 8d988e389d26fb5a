import { UpstreamError } from '../../../../core/model/errors.ts';
import { type Columns, groupedBy, type TableQuestion } from './query.ts';

/** So much of an answer is shown in words. */
const MAX_NAMES = 8;
const MAX_CHARS = 60;

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

/** An id of a row as text; null when the events have none (`0`, null or empty). */
export function idIn(row: Row, field: string): string | null {
  const value = row[field];
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  return value === 0 || value === '0' || value === '' ? null : String(value);
}

/**
 * Throws when a page holds something else than was asked for: what such rows count is not known, and what they leave
 * out is no zero. Rows have exactly the fields that were asked for, name a project that was asked for, and no
 * two of a page have the same values.
 */
export function assertAsked(rows: readonly Row[], question: TableQuestion, service: string): void {
  const wrong = oddIn(rows, question);
  if (wrong === null) return assertCounts(rows, question);
  const message = `${service}: the events table answered ${wrong}; check SENTRY_URL and what stands between`;
  throw new UpstreamError(message, { service, status: 200, retryable: false });
}

function oddIn(rows: readonly Row[], { columns, selection }: TableQuestion): string | null {
  // NOTE: of no events there may be no last one.
  const needed = columns.fields.filter((field) => field !== 'last_seen()');
  const isByProject = columns.fields.includes('project.id');
  const asked = new Set(selection.projectIds);
  const seen = new Set<string>();
  for (const row of rows) {
    const missing = needed.find((field) => !Object.hasOwn(row, field));
    if (missing !== undefined) return `a row without ${missing} (it has ${namesOf(row)})`;
    const project = idIn(row, 'project.id');
    if (isByProject && (project === null || !asked.has(project)))
      return `a row of a project that was not asked for (project.id ${shown(row['project.id'])})`;
    const key = keyOf(row, columns);
    if (seen.has(key)) return `two rows for the same ${groupedBy(columns).join(', ') || 'sum'} on one page`;
    seen.add(key);
  }
  return null;
}

function assertCounts(rows: readonly Row[], { columns }: TableQuestion): void {
  const counts = columns.fields.filter((field) => field.startsWith('count'));
  for (const row of rows) for (const field of counts) numberIn(row, field);
}

function namesOf(row: Row): string {
  const names = Object.keys(row);
  const shownNames = names.slice(0, MAX_NAMES).map((name) => name.slice(0, MAX_CHARS));
  return names.length === 0 ? 'nothing' : [...shownNames, ...(names.length > MAX_NAMES ? ['…'] : [])].join(', ');
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, MAX_CHARS).toWellFormed();
}

import { isoOf } from '../../../core/model/window.ts';
import type { StoredEvent } from '../../../core/ports/events/event-store.ts';

const COLUMNS: readonly (readonly [name: string, cell: (event: StoredEvent) => string | null])[] = [
  ['time', ({ at }) => isoOf(at)],
  ['level', ({ level }) => level],
  ['project', ({ project }) => project],
  ['title', ({ title }) => title],
  ['culprit', ({ culprit }) => culprit],
  ['environment', ({ environment }) => environment],
  ['release', ({ release }) => release],
  ['user', ({ user }) => user],
  ['issue', ({ issueId }) => issueId],
  ['event', ({ id }) => id],
  ['text', ({ text }) => text],
];

export const CSV_HEAD = line(COLUMNS.map(([name]) => name));

/** An event as a line of CSV (RFC 4180), with the line break at its end. */
export function csvLine(event: StoredEvent): string {
  return line(COLUMNS.map(([, cell]) => cell(event) ?? ''));
}

/** A line that says something to people, in its first cell. */
export function csvNote(text: string): string {
  return line([text, ...COLUMNS.slice(1).map(() => '')]);
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(unlikeFormula(cell.toWellFormed()))).join(',')}\r\n`;
}

/**
 * NOTE: a table program computes what begins like a formula, and texts come from anybody. Some look past blanks at
 * the begin, and take the wide forms of the signs for the signs.
 */
function unlikeFormula(cell: string): string {
  return /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

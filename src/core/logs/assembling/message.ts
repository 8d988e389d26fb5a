import { finalIn, isDated, isIndented } from '../tracebacks/line-kinds.ts';
import { addLine, lastLine } from './body.ts';
import type { OpenRecord } from './stream-state.ts';

/** Lines of a message behind its first, at most; and empty ones in a row. */
const MOST_LINES = 1_000;
const MOST_EMPTY = 3;

const HEADED = /^(?:\[?(?:DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL|FATAL|NOTICE|TRACE)\b|\S+ \S+ \S+ \[\d)/;
/** What drivers of databases write below an error. */
const OF_DATABASES =
  /^(?:LINE \d+: |(?:DETAIL|HINT|QUERY|CONTEXT|STATEMENT|WHERE): {2}|\[SQL: |\[parameters: |\(Background on )/;

/** A line that opens a record of a log, as far as a line shows that. */
export function opensRecord(text: string): boolean {
  return isDated(text) || HEADED.test(text);
}

/**
 * Takes a line into the message of a record whose lines came one by one, among others: where the records of its stream
 * have headers, all that has none; else what shows by itself that it goes on. False: it is not the message's.
 */
export function takeMessage(record: OpenRecord, text: string): boolean {
  const { said = 0 } = record;
  if (said >= MOST_LINES || opensRecord(text) || record.after.some((line) => line !== '')) return false;
  if (text === '') {
    if (record.after.length >= MOST_EMPTY) return false;
    record.after.push(text);
    return true;
  }
  if (record.isHeaded !== true && !goesOn(record, text)) return false;
  for (const line of [...record.after.splice(0), text]) addLine(record.body, line);
  record.said = said + 1;
  record.depth = depthAfter(record.depth ?? 0, text);
  return true;
}

/** The exception's own line, which may open a bracket. What says nothing has nothing more to say. */
export function beginMessage(record: OpenRecord, text: string): void {
  record.said = finalIn(text)?.message == null ? MOST_LINES : 0;
  record.depth = depthAfter(0, text);
}

function goesOn(record: OpenRecord, text: string): boolean {
  const isNext = record.after.length === 0;
  if ((record.depth ?? 0) > 0 || (isNext && isIndented(text)) || OF_DATABASES.test(text)) return true;
  return isNext && (/[,:\\]$/.test(lastLine(record.body) ?? '') || /^[[({]$/.test(text));
}

/** Brackets that are open at the ends of lines: those within a line may be quoted. */
function depthAfter(depth: number, text: string): number {
  const closed = /^\s*[\])}]/.test(text) ? depth - 1 : depth;
  return Math.max(0, closed) + (/[[({]\s*$/.test(text) ? 1 : 0);
}

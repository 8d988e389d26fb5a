import { isPrefix, isRemote, QUOTES } from '../tracebacks/line-kinds.ts';
import { lastLine, takeLast } from './body.ts';
import type { StreamState } from './stream-state.ts';

/** Lines before a marker that may be of its traceback. */
export const MOST_PREFIX = 2;

interface Before {
  last(): string | undefined;
  drop(): void;
}

/** What stands before a line of a stream: in the record that is open, else before it. */
export function linesBefore({ open, recent }: StreamState, isInRecord: boolean): Before {
  if (open !== null && isInRecord && open.after.length === 0)
    return { last: () => lastLine(open.body), drop: () => takeLast(open.body) };
  return { last: () => recent.at(-1), drop: () => recent.pop() };
}

/** Lines that Python writes before a traceback that nobody caught; they are taken from where they stand. */
export function takePrefix({ last, drop }: Before): readonly string[] {
  const found: string[] = [];
  const isOne = (line: string): boolean => isPrefix(line) || isRemote(line) || (line === QUOTES && found.length === 0);
  for (let line = last(); line !== undefined && found.length < MOST_PREFIX && isOne(line); line = last()) {
    found.unshift(line);
    drop();
  }
  return found;
}

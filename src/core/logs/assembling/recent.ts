import type { Part } from '../record.ts';
import { MOST_PREFIX } from './prefix.ts';
import type { Stream } from './stream-state.ts';

/** Of a line that is kept as context, UTF-16 units. */
const MOST_LINE = 1_000;
/** Of lines that wait. */
const MOST_WAITING = 64;

/** Keeps a line that comes before others. `context`: how many are kept for what follows. */
export function remember(context: number, { recent }: Stream, text: string): void {
  recent.push(text.length > MOST_LINE ? text.slice(0, MOST_LINE) : text);
  if (recent.length > context + MOST_PREFIX) recent.shift();
}

/**
 * The same for a line whose text nobody may ever ask for. NOTE: nearly all lines of an archive are such, and to make
 * texts of them would take longer than all else.
 */
export function wait(context: number, { waiting }: Stream, part: Part): void {
  waiting.push(part);
  if (waiting.length > MOST_WAITING) waiting.splice(0, waiting.length - context - MOST_PREFIX);
}

/** Remembers what waits, before the stream's lines are asked for. */
export function settle(context: number, stream: Stream): void {
  if (stream.waiting.length === 0) return;
  for (const { text } of stream.waiting.slice(-context - MOST_PREFIX)) remember(context, stream, text);
  stream.waiting.length = 0;
}

/** The lines before what begins now. */
export function contextOf(context: number, { recent }: Stream): readonly string[] {
  return context === 0 ? [] : recent.slice(-context);
}

import { frameIn, threadIn } from './line-kinds.ts';
import type { Raised, TraceFrame } from './traceback.ts';

/** What a crash of Python itself is called: numbers and addresses in it differ each time. */
const NAME = /^(Fatal Python error: [^:(\d]*[^:(\d\s])[\s:]*(.*)$/s;

/** Reads a crash: the calls of the thread that crashed, the newest first in the text; else those of all threads. */
export function readCrash(reader: { readonly lines: readonly string[]; at: number }, by: Raised['by']): Raised {
  const first = reader.lines[reader.at++]!;
  const [, type = first, message = ''] = NAME.exec(first) ?? [];
  const frames: Record<'current' | 'other', TraceFrame[]> = { current: [], other: [] };
  let thread: 'current' | 'other' = 'other';
  for (; reader.at < reader.lines.length; reader.at++) {
    const line = reader.lines[reader.at]!;
    const frame = frameIn(line);
    if (frame !== null) frames[thread].push(frame);
    else thread = threadIn(line) ?? thread;
  }
  const calls = frames.current.length > 0 ? frames.current : frames.other;
  return { type, message, frames: calls.toReversed(), by, members: [] };
}

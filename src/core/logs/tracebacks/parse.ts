import {
  finalIn,
  frameIn,
  isDated,
  isFatal,
  isGroupMarker,
  isIndented,
  isPrefix,
  isRemote,
  jointIn,
  markerAt,
  QUOTES,
} from './line-kinds.ts';
import { isMember, membersOf, unbarred } from './group-lines.ts';
import { readCrash } from './crash.ts';
import type { Chain, Parsed, Raised, TraceFrame } from './traceback.ts';

/** Groups in groups at most: Python prints ten. */
const MOST_DEPTH = 50;

/** The tracebacks in the lines of a record. What is no traceback is passed over; nothing throws. */
export function parseTracebacks(lines: readonly string[], depth = 0): Parsed {
  const reader = { lines, at: 0, depth };
  const chains: Chain[] = [];
  const first = lines.findIndex((line) => opens(line) || isRemote(line) || jointIn(line) !== null);
  if (first === -1) return { before: lines, chains };
  for (reader.at = startOf(lines, first); reader.at < lines.length;) {
    const chain = readChain(reader);
    if (chain.length > 0) chains.push(chain);
  }
  return { before: lines.slice(0, startOf(lines, first)).filter((line) => !isPrefix(line)), chains };
}

interface Reading {
  readonly lines: readonly string[];
  readonly depth: number;
  at: number;
}

function opens(line: string): boolean {
  return markerAt(line) >= 0 || isGroupMarker(line) || line.startsWith('+ Exception Group Traceback');
}

/** A cause that was never raised has no marker: it stands before its joint. */
function startOf(lines: readonly string[], first: number): number {
  if (jointIn(lines[first]!) === null) return first;
  for (let n = first - 1; n >= 0; n--) if (lines[n]!.trim() !== '') return finalIn(lines[n]!) === null ? first : n;
  return first;
}

function readChain(reader: Reading): Chain {
  const chain: Raised[] = [];
  let by: Raised['by'] = null;
  while (reader.at < reader.lines.length) {
    skipBlank(reader);
    const line = reader.lines[reader.at];
    if (line === undefined) break;
    if (isRemote(line)) {
      chain.push(...readRemote(reader));
    } else if (opens(line) || (finalIn(line) !== null && !isDated(line) && (by !== null || chain.length === 0))) {
      chain.push(readRaised(reader, chain.length === 0 ? null : by));
    } else {
      reader.at++;
      if (chain.length > 0) break;
      continue;
    }
    by = readJoint(reader);
    if (by === null) break;
  }
  return chain;
}

/** What another process wrote: its traceback stands between quotes. */
function readRemote(reader: Reading): Chain {
  reader.at++;
  if (reader.lines[reader.at] !== QUOTES) return [];
  const start = reader.at + 1;
  const found = reader.lines.indexOf(QUOTES, start);
  const stop = found === -1 ? reader.lines.length : found;
  reader.at = stop + 1;
  if (reader.depth >= MOST_DEPTH) return [];
  return parseTracebacks(reader.lines.slice(start, stop), reader.depth + 1).chains[0] ?? [];
}

function readRaised(reader: Reading, by: Raised['by']): Raised {
  const isGroup = /^\s*\+ Exception Group/.test(reader.lines[reader.at]!);
  if (isGroup) return readGroup(reader, by);
  if (isFatal(reader.lines[reader.at]!)) return readCrash(reader, by);
  if (opens(reader.lines[reader.at]!)) reader.at++;
  const frames = readFrames(reader);
  const final = finalIn(reader.lines[reader.at] ?? '');
  if (final === null) return { type: '', message: '', frames, by, members: [] };
  reader.at++;
  const message = [final.message ?? '', ...readMessage(reader)];
  while (message.length > 1 && message.at(-1)!.trim() === '') message.pop();
  return { type: final.type, message: message.join('\n'), frames, by, members: readMembers(reader) };
}

/** A group's own lines have bars before them: it is read without, as what it is. */
function readGroup(reader: Reading, by: Raised['by']): Raised {
  const start = reader.at++;
  while (/^\s*[|+]/.test(reader.lines[reader.at] ?? '')) reader.at++;
  const inner = unbarred(reader.lines.slice(start, reader.at));
  if (reader.depth >= MOST_DEPTH) return { type: '', message: '', frames: [], by, members: [] };
  const own = { lines: ['Traceback (most recent call last):', ...inner.slice(1)], at: 0, depth: reader.depth + 1 };
  return { ...readRaised(own, by) };
}

function readFrames(reader: Reading): readonly TraceFrame[] {
  const frames: TraceFrame[] = [];
  for (; reader.at < reader.lines.length; reader.at++) {
    const line = reader.lines[reader.at]!;
    const frame = frameIn(line);
    if (frame !== null) frames.push(frame);
    else if (line !== '' && !isIndented(line) && !line.startsWith('[cut, ') && finalIn(line) !== null) break;
    else if (opens(line) || jointIn(line) !== null) break;
  }
  return frames;
}

function readMessage(reader: Reading): readonly string[] {
  const lines: string[] = [];
  for (; reader.at < reader.lines.length; reader.at++) {
    const line = reader.lines[reader.at]!;
    if (opens(line) || jointIn(line) !== null || isMember(line) || isPrefix(line) || isRemote(line)) break;
    if (line.startsWith('Stack (most recent call last):') || line === 'Call stack:') break;
    lines.push(line);
  }
  return lines;
}

function readMembers(reader: Reading): readonly Chain[] {
  if (!isMember(reader.lines[reader.at] ?? '')) return [];
  const { members, count } = membersOf(reader.lines.slice(reader.at));
  reader.at += count;
  return members.flatMap((lines) => {
    const { chains } = parseTracebacks(withMarker(lines), reader.depth + 1);
    return chains.slice(0, 1);
  });
}

/** A member that was never raised has no marker. */
function withMarker(lines: readonly string[]): readonly string[] {
  return lines.some(opens) ? lines : ['Traceback (most recent call last):', ...lines];
}

function readJoint(reader: Reading): Raised['by'] {
  const before = reader.at;
  skipBlank(reader);
  const by = jointIn(reader.lines[reader.at] ?? '');
  if (by === null) reader.at = before;
  else reader.at++;
  return by;
}

function skipBlank(reader: Reading): void {
  while (reader.lines[reader.at]?.trim() === '') reader.at++;
}

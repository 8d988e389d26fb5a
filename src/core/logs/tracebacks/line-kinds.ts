/** Recognising the lines of Python's tracebacks. All patterns are anchored, and their time is linear in the line. */

const MARKER = 'Traceback (most recent call last):';
const GROUP_MARKER = /^\s*\+ Exception Group Traceback \(most recent call last\):\s*$/;
const FRAME = /^(?:> |\s*)File "(.*?)", line (\d+)(?:,? in (.*))?$/;
const FINAL = /^((?:[\p{L}_][\p{L}\p{N}_]*)(?:\.(?:[\p{L}_][\p{L}\p{N}_]*|<locals>))*)(?::(?: (.*))?)?$/su;
const LEVELS = /^(?:DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL|FATAL|NOTICE|TRACE)$/;
const BAR = /^\s*[|+]/;
const GROUP_END = /^\s*\+-{36}\s*$/;
const DATED = /^(?:[A-Z]+ )?[[(]?\d{1,4}[-/](?:\d{1,2}|[A-Z][a-z]{2})[-/]\d{2,4}[T :]\d/;
const REMOTE = /^[\w.]*RemoteTraceback: *$/;
/** What Python writes before a traceback that nobody caught. */
const PREFIXES = [
  /Exception in thread .*/,
  /Process [^\s:]+:/,
  /Exception ignored (?:in|while|from|on).*/,
  /Error in (?:atexit|sys)\..*:/,
  /Original exception was:/,
  /--- Logging error ---/,
  /Task exception was never retrieved/,
  /future: <.*/,
];
const PREFIX = new RegExp(`^(?:${PREFIXES.map(({ source }) => source).join('|')})$`);

const JOINTS: Readonly<Record<string, 'cause' | 'context'>> = {
  'The above exception was the direct cause of the following exception:': 'cause',
  'During handling of the above exception, another exception occurred:': 'context',
};

/** Where the marker begins; -1: it is none. Something may stand before it. */
export function markerAt(text: string): number {
  if (text.charCodeAt(0) === 70 && isFatal(text)) return 0;
  const last = text.charCodeAt(text.length - 1);
  // NOTE: this is asked of every line of every archive: the last letter alone answers nearly all.
  if (last !== 58 && last !== 32) return -1;
  const trimmed = last === 32 ? text.trimEnd() : text;
  return trimmed.endsWith(MARKER) ? trimmed.length - MARKER.length : -1;
}

/**
 * False: `markerAt` finds nothing in a line of these bytes, whatever is cleaned out of it. It looks at three of them.
 */
export function mayBegin(bytes: Uint8Array, start: number, stop: number): boolean {
  const first = bytes[start];
  if (first === 70 || first === 0x1b || first === 0) return true;
  const last = bytes[stop - 1];
  if (last === 58 || last === 32 || last === 0) return true;
  // The end of a colour's code.
  return last === 109 && isOfCode(bytes[stop - 2]!);
}

function isOfCode(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || byte === 59 || byte === 91;
}

const FATAL = 'Fatal Python error: ';
const THREAD = /^(Current thread|Thread) 0x[0-9a-f]+ .*\(most recent call first\):$/i;

/** The first line of what Python writes when it crashes itself: calls of its threads follow, and no exception. */
export function isFatal(text: string): boolean {
  return text.startsWith(FATAL);
}

/** The line before the calls of a thread, the newest first; null: it is none. */
export function threadIn(text: string): 'current' | 'other' | null {
  const found = THREAD.exec(text);
  if (found === null) return null;
  return found[1]!.startsWith('C') ? 'current' : 'other';
}

export function isGroupMarker(text: string): boolean {
  return markerAt(text) >= 0 && GROUP_MARKER.test(text);
}

/** A line of a group behind its bar, or the bar itself. */
export function isBarred(text: string): boolean {
  return BAR.test(text);
}

/** The line that closes a group, of whatever depth. */
export function isGroupEnd(text: string): boolean {
  return GROUP_END.test(text);
}

export interface FrameLine {
  readonly path: string;
  readonly line: number;
  /** Null: a syntax error has no function. */
  readonly function: string | null;
}

export function frameIn(text: string): FrameLine | null {
  const [, path, line, name = null] = FRAME.exec(text) ?? [];
  return path === undefined ? null : { path, line: Number(line), function: name };
}

export interface FinalLine {
  readonly type: string;
  /** Null: there is none. */
  readonly message: string | null;
}

/** The line that names an exception, at the beginning of its line. */
export function finalIn(text: string): FinalLine | null {
  const [, type, message = null] = FINAL.exec(text.trimEnd()) ?? [];
  return type === undefined || LEVELS.test(type) ? null : { type, message };
}

export function jointIn(text: string): 'cause' | 'context' | null {
  const trimmed = text.trim();
  return Object.hasOwn(JOINTS, trimmed) ? JOINTS[trimmed]! : null;
}

/** The line opens with a time: it is a line of a log, whatever else it says. */
export function isDated(text: string): boolean {
  return DATED.test(text);
}

/** The head of what another process wrote, in quotes. */
export function isRemote(text: string): boolean {
  return REMOTE.test(text);
}

export const QUOTES = '"""';

/** A line that Python writes before a traceback that nobody caught. */
export function isPrefix(text: string): boolean {
  return PREFIX.test(text);
}

export function isIndented(text: string): boolean {
  return text.startsWith(' ') || text.startsWith('\t');
}

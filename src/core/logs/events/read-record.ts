import type { Pattern } from '../pattern.ts';
import { isAtLeast } from '../readers/levels.ts';
import type { Head, LogRecord, WholeRecord } from '../record.ts';
import { parseTracebacks } from '../tracebacks/parse.ts';
import { isFatal } from '../tracebacks/line-kinds.ts';
import { parseScriptStack } from '../tracebacks/script-stack.ts';
import type { Chain, Parsed } from '../tracebacks/traceback.ts';
import { scrubText } from './scrub.ts';

/** A record as it is understood. No secret is in it. */
export interface RecordRead {
  readonly head: Head | null;
  readonly chains: readonly Chain[];
  /** What was said, without the traceback. */
  readonly message: string;
  /** All of it as it was written, without the header's own words. */
  readonly text: string;
  readonly level: string;
  readonly context: readonly string[];
  /** Set: all but the context is what its lines say, and for the same lines this is the same. */
  readonly said: object | null;
}

export function readRecord(record: LogRecord, scrub: readonly Pattern[]): RecordRead {
  const clean = (text: string): string => scrubText(text, scrub);
  const { whole } = record;
  const head = record.head === null ? null : { ...record.head, message: clean(record.head.message) };
  const context = linesOf(clean, record.context);
  if (whole !== null) return { ...ofWhole(whole, head, clean), context, said: null };
  const body = understood(record.lines, scrub);
  const { before, chains } = body;
  const said = messageOf(head);
  const message = [...(said === '' ? [] : [said]), ...before].join('\n').trim();
  const text = said === '' || record.lines.length === 0 ? said + body.text : `${said}\n${body.text}`;
  return { head, chains, message, text, level: levelOf(head, chains), context, said: head === null ? body : null };
}

interface Understood extends Parsed {
  readonly text: string;
}

/** An error that floods is read once: what its lines come to is kept for the next of the same, by scrubbing. */
const known = new WeakMap<readonly Pattern[], Map<string, Understood>>();
const MOST_KNOWN = 200;
const MOST_KEPT_TEXT = 16_384;

function understood(lines: readonly string[], scrub: readonly Pattern[]): Understood {
  const raw = lines.join('\n');
  const kept = known.get(scrub) ?? new Map<string, Understood>();
  known.set(scrub, kept);
  const before = kept.get(raw);
  if (before !== undefined) return before;
  const text = scrubText(raw, scrub);
  const found = { text, ...parseTracebacks(lines.length === 0 ? [] : text.split('\n')) };
  if (raw.length > MOST_KEPT_TEXT) return found;
  if (kept.size >= MOST_KNOWN) kept.clear();
  kept.set(raw, found);
  return found;
}

function linesOf(clean: (text: string) => string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? lines : clean(lines.join('\n')).split('\n');
}

/** NOTE: a traceback after a record that is no trouble may be another's, which nobody caught. */
function levelOf(head: Head | null, chains: readonly Chain[]): string {
  if (chains.some((chain) => chain.some(({ type }) => isFatal(type)))) return 'fatal';
  if (head === null) return 'error';
  return chains.length > 0 && !isAtLeast(head.level, 'warning') ? 'error' : head.level;
}

/** Without the marker of a traceback that stands in it; that one is in the lines. */
function messageOf(head: Head | null): string {
  return (head?.message ?? '').replace(/Traceback \(most recent call last\):\s*$/, '').trimEnd();
}

function ofWhole(
  { traceback, raised }: WholeRecord,
  head: Head | null,
  clean: (text: string) => string,
): Omit<RecordRead, 'context' | 'said'> {
  const stack = traceback === null ? null : clean(traceback);
  const message = head?.message ?? '';
  const text = [message, ...(stack === null || stack === message ? [] : [stack])].join('\n');
  const { chains } = parseTracebacks(stack === null ? [] : stack.split('\n'));
  const found = chains.length > 0 || stack === null ? chains : parseScriptStack(stack);
  const known = raised === null ? [] : [[{ ...raised, message: clean(raised.message), ...UNRAISED }]];
  return { head, chains: found.length > 0 ? found : known, message, text, level: head?.level ?? 'error' };
}

const UNRAISED = { frames: [], by: null, members: [] } as const;

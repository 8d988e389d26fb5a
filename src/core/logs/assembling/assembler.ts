import { isAtLeast } from '../readers/levels.ts';
import type { Head, LogReader, LogRecord, Part, WholeRecord } from '../record.ts';
import { finalIn, frameIn, isGroupMarker, isIndented, markerAt, QUOTES } from '../tracebacks/line-kinds.ts';
import { addLine, linesOf } from './body.ts';
import { opensRecord } from './message.ts';
import { linesBefore, takePrefix } from './prefix.ts';
import { begin, step, type StepRules } from './step.ts';
import { contextOf, remember, settle, wait } from './recent.ts';
import { newRecord, type Opening, type OpenRecord, stateOf, type Stream, type StreamState } from './stream-state.ts';
import { createStreams } from './streams.ts';

export interface AssemblyOptions {
  /** Lines before a record that are kept with it. */
  readonly context: number;
  /** Lines of others in its stream that may stand between two lines of a traceback. */
  readonly lookBack: number;
  /** Lines that are held at most over all streams; the streams that were quiet longest are given up first. */
  readonly buffer: number;
}

export const ASSEMBLY: AssemblyOptions = { context: 3, lookBack: 100, buffer: 10_000 };

/** What is between two reads. Plain data. */
export type AssemblyState = readonly StreamState[];

export interface Assembler {
  /** `place`: where the line stands, and the name of what begins there. */
  push(part: Part, place: number | string): void;
  pushWhole(whole: WholeRecord, place: string): void;
  /** Ends what is open: nothing follows. */
  end(): void;
  /**
   * What is open, as it is now. It keeps the name that it is told by; what it is in the end is told once more. `done`:
   * only what has its exception already, and waits for what may be joined to it.
   */
  tellOpen(which: 'done' | 'all'): readonly LogRecord[];
  state(): AssemblyState;
}

/** What a record's parts are put together with. */
interface Work {
  readonly identity: LogReader['identity'];
  readonly rules: StepRules;
  /** Lines that are kept as context. */
  readonly context: number;
  readonly take: (record: LogRecord) => void;
}

/**
 * Puts lines together that belong together: by Python's grammar and by stream, never by time. `take` gets each record
 * when its end is seen. The same lines of a stream make the same records, whatever lines of others stand between them.
 */
export function createAssembler(
  { identity, carriesOn }: Pick<LogReader, 'identity' | 'carriesOn'>,
  { context, lookBack, buffer }: AssemblyOptions,
  take: (record: LogRecord) => void,
  before: AssemblyState = [],
): Assembler {
  const work: Work = { identity, rules: { carriesOn, lookBack }, context, take };
  const streams = createStreams(before, buffer, {
    settle: (stream) => settle(context, stream),
    giveUp: (stream) => close(work, stream),
  });
  /** As their last lines were read. */
  const inOrder = (): readonly Stream[] =>
    streams.all().toSorted((a, b) => (a.open?.number ?? 0) - (b.open?.number ?? 0));
  return {
    push: (part, place) => push(work, streams.of(part.stream), part, place),
    pushWhole: (whole, place) => pushWhole(work, streams.of(whole.stream), whole, place),
    end: () => inOrder().forEach((stream) => close(work, stream)),
    tellOpen: (which) =>
      inOrder().flatMap((stream) => (which === 'all' || stream.open?.phase === 'done' ? tell(work, stream) : [])),
    state: () =>
      streams.all().map((stream) => {
        settle(context, stream);
        return stateOf(stream);
      }),
  };
}

function push(work: Work, stream: Stream, part: Part, place: number | string): void {
  if (part.beginsNothing === true && stream.open === null) return wait(work.context, stream, part);
  settle(work.context, stream);
  if (part.head === null) pushLine(work, stream, part, place);
  else pushHead(work, stream, part.head, { text: part.text, id: String(place) });
}

const WHOLE = { lines: [], left: 0, isBroken: false, isEndUncertain: false } as const;

function pushWhole(work: Work, stream: Stream, whole: WholeRecord, id: string): void {
  const { head } = whole;
  settle(work.context, stream);
  const context = contextOf(work.context, stream);
  work.take({ ...WHOLE, id, stream: stream.name, head, time: head.time, context, whole });
  rememberHead(work, stream, head, head.message);
}

function pushLine(work: Work, stream: Stream, part: Part, place: number | string): void {
  const current = stream.open;
  const { text } = part;
  const did = current === null ? outside(text) : step(current, text, work.rules);
  if (did === 'begins') beginTraceback(work, stream, part, part.own()?.id ?? String(place));
  if (did === 'over') close(work, stream);
  if (did === 'said') current!.number = stream.used;
  if (did === 'taken') takeOwn(current!, part, stream.used);
  if (did === 'foreign' || did === 'over' || !work.rules.carriesOn) remember(work.context, stream, text);
}

/** Of a line where no record is open. */
function outside(text: string): 'begins' | 'foreign' {
  return markerAt(text) >= 0 ? 'begins' : 'foreign';
}

/** The last line that counts, and no more of a message, gives the record name and time, where each line has its own. */
function takeOwn(record: OpenRecord, part: Part, number: number): void {
  record.number = number;
  const own = part.own();
  if (own === null) return;
  record.lastId = own.id;
  if (record.phase === 'done') record.time = own.time;
}

function pushHead(work: Work, stream: Stream, head: Head, { text, id }: { text: string; id: string }): void {
  const current = stream.open;
  if (current !== null && current.phase === 'frames' && goesOn(current, head)) {
    step(current, head.message, work.rules);
    return;
  }
  stream.time = head.time ?? stream.time;
  const record = open(work, stream, head, { id, time: stream.time });
  const at = markerAt(head.message);
  if (at >= 0) begin(record, head.message.slice(at));
  rememberHead(work, stream, head, text);
}

/** Some writers put a header before each line of a traceback. */
function goesOn(current: OpenRecord, { message, thread }: Head): boolean {
  if (current.head !== null && current.head.thread !== thread) return false;
  if (frameIn(message) !== null) return true;
  return current.frames > 0 && (isIndented(message) || finalIn(message) !== null);
}

function beginTraceback(work: Work, stream: Stream, part: Part, id: string): void {
  const current = stream.open;
  if (current !== null && (current.phase === 'joint' || current.isQuoted)) return begin(current, part.text);
  const prefix = takePrefix(linesBefore(stream, work.rules.carriesOn));
  const hasRoom = current !== null && current.head !== null && current.tracebacks < tracebacksOf(current.head);
  if (current !== null && hasRoom && prefix.length === 0) return begin(current, part.text);
  if (current !== null) current.uncertain -= prefix.length;
  beginBare(work, stream, part, { id, prefix });
}

/** A message that has a traceback in itself may have one more behind it. */
function tracebacksOf({ message }: Head): number {
  return markerAt(message) >= 0 ? 2 : 1;
}

/** A traceback without a header of its own. */
function beginBare(
  work: Work,
  stream: Stream,
  part: Part,
  { id, prefix }: { readonly id: string; readonly prefix: readonly string[] },
): void {
  const { text } = part;
  const at = Math.max(0, markerAt(text));
  const said = text.slice(0, at).trimEnd();
  if (said !== '' && !isGroupMarker(text)) remember(work.context, stream, said);
  const record = open(work, stream, null, { id, time: part.own()?.time ?? stream.time });
  for (const line of prefix) addLine(record.body, line);
  record.isQuoted = prefix.at(-1) === QUOTES;
  begin(record, isGroupMarker(text) ? text : text.slice(at));
}

function open(work: Work, stream: Stream, head: Head | null, as: Pick<Opening, 'id' | 'time'>): OpenRecord {
  close(work, stream);
  const isHeaded = head === null && opensRecord(stream.recent.at(-1) ?? '');
  stream.open = newRecord({ ...as, head, context: contextOf(work.context, stream), isHeaded });
  stream.open.number = stream.used;
  return stream.open;
}

function close(work: Work, stream: Stream): void {
  const record = stream.open;
  stream.open = null;
  if (record === null) return;
  if (isRecord(record)) work.take(recordOf(work, stream, record));
  else if (work.rules.carriesOn) for (const line of linesOf(record.body)) remember(work.context, stream, line);
  stream.toldAs = null;
}

/** A marker without a call behind it is a line like others. */
function isRecord({ head, frames }: OpenRecord): boolean {
  return head !== null || frames > 0;
}

function tell(work: Work, stream: Stream): readonly LogRecord[] {
  if (stream.open === null || !isRecord(stream.open)) return [];
  const record = recordOf(work, stream, stream.open);
  stream.toldAs = record.id;
  return [record];
}

function recordOf({ identity }: Work, stream: Stream, open: OpenRecord): LogRecord {
  return {
    id: stream.toldAs ?? (identity === 'last' ? open.lastId : open.firstId),
    stream: stream.name,
    head: open.head,
    time: open.time,
    lines: linesOf(open.body),
    context: open.context,
    left: open.body.left,
    isBroken: open.phase !== 'none' && open.phase !== 'done' && !open.isFatal,
    isEndUncertain: open.uncertain > 0,
    whole: null,
  };
}

/** NOTE: an error is told by itself: it says nothing of who is affected by the next. */
function rememberHead(work: Work, stream: Stream, { level }: Head, text: string): void {
  if (!isAtLeast(level, 'error')) remember(work.context, stream, text);
}

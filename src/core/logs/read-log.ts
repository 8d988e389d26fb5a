import type { ErrorEvent, Reject } from '../model/events/event.ts';
import { ASSEMBLY, createAssembler, type AssemblyOptions, type AssemblyState } from './assembling/assembler.ts';
import { scrubText } from './events/scrub.ts';
import { toEvent, type EventMade, type EventRules, type Skipped } from './events/to-event.ts';
import type { Hash } from './issues/issue-key.ts';
import { type Line, textOf } from './lines/line.ts';
import { MOST_LINE_BYTES } from './lines/split-lines.ts';
import type { Pattern } from './pattern.ts';
import type { LogReader, LogRecord, Note, Part, Read, WholeRecord } from './record.ts';
import { createTimings, type Timings } from './timings/timings.ts';
import type { WallClock } from './times/wall-clock.ts';
import { instantOf } from './times/written-time.ts';

/** How a log is read. */
export interface LogPlan {
  readonly reader: LogReader;
  readonly rules: EventRules;
  readonly clock: WallClock;
  readonly assembly?: AssemblyOptions;
  /** See `createTimings`; absent: no durations are read. */
  readonly timings?: readonly Pattern[];
}

export interface LogDeps {
  readonly hash: Hash;
  /** When the log is read, epoch ms: of what names no time, and of rejects. */
  readonly at: number;
  /** Before every name that is made of a place: the same for the same file. */
  readonly prefix: string;
}

/** What is between two reads of a log. Plain data. */
export interface LogState {
  readonly streams: AssemblyState;
  /** The newest instant that was read, epoch ms; null: none. */
  readonly newest: number | null;
}

/** What came of some lines. */
export interface LogYield {
  readonly events: readonly ErrorEvent[];
  readonly rejects: readonly Reject[];
  readonly notes: readonly Note[];
  /** Records that are no events, by the reason. */
  readonly skipped: Readonly<Record<Skipped, number>>;
}

export interface LogReading {
  /** A line as it stands in the log. */
  line(line: Line): void;
  /** A line that was read elsewhere. */
  part(part: Part): void;
  /** Nothing follows: what is open ends. */
  end(): void;
  /** What is open, as it is now; in the end it comes again, by the same id. `done`: what has its exception already. */
  tellOpen(which: 'done' | 'all'): void;
  /** What came since the last time. */
  take(): LogYield;
  /** Durations that were read since the last time, by name and window. */
  takeTimings(): ReturnType<Timings['take']>;
  /** To be kept with the cursor. */
  state(): LogState;
}

/** Reads the lines of one log into events: the same lines make the same events, however they come. */
export function createLogReading(plan: LogPlan, deps: LogDeps, before?: LogState): LogReading {
  const { reader, rules, clock } = plan;
  const basket = createBasket(plan.rules, deps.at);
  const times = createTimes(clock, basket.note, before?.newest ?? null);
  const timings = createLooks(plan, () => times.newest() ?? deps.at);
  const takeRecord = (record: LogRecord): void => {
    const at = times.of(record) ?? deps.at;
    for (const remark of remarksOn(record)) basket.note(record.id, remark, record.lines.at(-1));
    basket.made(toEvent(record, rules, { at, tags: reader.tagsOf(record.stream), hash: deps.hash }));
  };
  const assembler = createAssembler(reader, plan.assembly ?? ASSEMBLY, takeRecord, before?.streams ?? []);
  const idAt = (place: number | string): string => `${deps.prefix}${place}`;
  const takePart = (part: Part, place: number | string): void => {
    timings.inPart(part);
    assembler.push(part, place);
  };
  const takeOther = (read: Read, id: string, text: string): void => {
    if ('reason' in read) return basket.reject(id, read.reason, text);
    if ('whole' in read) return assembler.pushWhole(timings.inWhole(read.whole, text), id);
    if (read.note !== undefined) basket.note(id, read.note, text);
    takePart(read, id);
  };
  const isCarried = reader.identity === 'last';
  return {
    line(line) {
      const { offset, left } = line;
      if (left > 0) basket.note(idAt(offset), tooLong(left), textOf(line));
      const read = reader.read(line);
      // NOTE: nearly all lines of an archive are such: nothing is made for them that nobody asks for.
      if (isCarried && 'stream' in read) takePart(read, offset);
      else takeOther(read, idAt(offset), textOf(line));
    },
    part: (part) => takePart(part, ''),
    end: () => assembler.end(),
    tellOpen: (which) => assembler.tellOpen(which).forEach(takeRecord),
    take: () => basket.take(),
    takeTimings: timings.take,
    state: () => ({ streams: assembler.state(), newest: times.newest() }),
  };
}

/** When records were written; of what names no time that can be read, the newest that was. Null: none so far. */
function createTimes(
  clock: WallClock,
  note: (place: string, reason: string, text?: string) => void,
  last: number | null,
) {
  let newest = last;
  return {
    newest: () => newest,
    of({ time, id, head }: LogRecord): number | null {
      const instant = time === null ? null : instantOf(time, clock, newest);
      if (time !== null && instant === null) note(id, `${time.slice(0, 100)} is no time: it is put by its order`);
      if (instant === null) return newest;
      if (instant.isDouble) note(id, `the clock shows ${time} twice: it is put by its order`, head?.message);
      newest = Math.max(newest ?? instant.at, instant.at);
      return instant.at;
    },
  };
}

/** What a person should know of a record that may not be all of it, or more. */
function remarksOn({ left, isBroken, isEndUncertain }: LogRecord): readonly string[] {
  return [
    ...(left > 0 ? [`${left} lines were left out of its middle: it is longer than a record may be`] : []),
    ...(isBroken ? ['its traceback has no exception at its end: it was cut, or its rest came later'] : []),
    ...(isEndUncertain ? ['nothing says where its message ends: lines after its exception were taken to be it'] : []),
  ];
}

function tooLong(left: number): string {
  return `the line is longer than ${MOST_LINE_BYTES} bytes: ${left} were left out`;
}

/** Looks for durations in lines. `newest`: of a line that names no time, and follows none that does. */
function createLooks({ timings = [], clock }: LogPlan, newest: () => number) {
  const { isWanted, look, take } = createTimings(timings);
  let last: string | null = null;
  const at = (time: string | null): number => (time === null ? null : instantOf(time, clock, null))?.at ?? newest();
  return {
    take,
    inPart(part: Part): void {
      if (!isWanted) return;
      last = part.head?.time ?? last;
      look(part.head?.message ?? part.text, () => at(part.own()?.time ?? last));
    },
    /** Of a record that is one line of JSON: in what it says, else in all of the line, which has fields of its own. */
    inWhole(whole: WholeRecord, line: string): WholeRecord {
      const { message, time } = whole.head;
      if (isWanted && !look(message, () => at(time))) look(line, () => at(time));
      return whole;
    },
  };
}

/** What comes of lines, until it is fetched. */
function createBasket({ scrub }: EventRules, at: number) {
  let all = empty();
  const told = (text: string): string => scrubText(text.slice(0, MOST_TOLD), scrub);
  return {
    made(made: EventMade): void {
      if ('event' in made) all.events.push(made.event);
      else all.skipped[made.skipped]++;
    },
    reject(place: string, reason: string, text: string): void {
      all.rejects.push({ id: place, at, reason, place, text: told(text) });
    },
    note(place: string, reason: string, text = ''): void {
      all.notes.push({ place, reason, text: told(text) });
    },
    take(): LogYield {
      const taken = all;
      all = empty();
      return taken;
    },
  };
}

/** Of a line's text in rejects and notes, UTF-16 units. */
const MOST_TOLD = 1_000;

function empty() {
  return {
    events: [] as ErrorEvent[],
    rejects: [] as Reject[],
    notes: [] as Note[],
    skipped: { level: 0, exceptions: 0, deny: 0 } satisfies Record<Skipped, number>,
  };
}

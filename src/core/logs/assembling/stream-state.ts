import type { Head, Part } from '../record.ts';
import { emptyBody, type Body } from './body.ts';

/** A record that is being read. Plain data: it is kept between two runs. */
export interface OpenRecord {
  readonly head: Head | null;
  readonly firstId: string;
  lastId: string;
  /** Number of its last line, over all streams. */
  number: number;
  /** Of the last exception's own line, else the newest that was known when it began. */
  time: string | null;
  readonly body: Body;
  readonly context: readonly string[];
  /**
   * none: no traceback yet · frames: behind a marker · group: within a group · done: its exception was named ·
   * joint: another traceback of its chain must follow.
   */
  phase: 'none' | 'frames' | 'group' | 'done' | 'joint';
  /** Its last traceback is of a group. */
  isGroup: boolean;
  /** Its last traceback is of a crash of Python itself: no exception follows. */
  isFatal: boolean;
  /** Within the quotes of what another process wrote. */
  isQuoted: boolean;
  frames: number;
  /** Tracebacks so far that no joint joins to one before. */
  tracebacks: number;
  /** Lines behind its exception of which nobody knows yet whether they are part of it. */
  after: string[];
  /** Lines of others that came in between, since its own last one. */
  foreign: number;
  /** Lines after its exception that were taken to be its message, because nothing says where that ends. */
  uncertain: number;
  /** The records of its stream have headers; absent: they do not, as far as is known. */
  readonly isHeaded?: boolean;
  /** Lines of its message behind the first, and brackets that are open in it; absent: none. */
  said?: number;
  depth?: number;
}

/** What is known of a writer's lines. Plain data. */
export interface StreamState {
  readonly name: string;
  /** The last lines. */
  readonly recent: string[];
  /** The newest time that one of its headers named. */
  time: string | null;
  open: OpenRecord | null;
  /** Number of the line that it got last, over all streams. */
  used: number;
  /** Once told of its open record, its name stays. */
  toldAs: string | null;
}

/** A stream while its log is read. */
export interface Stream extends StreamState {
  /** Lines behind the recent ones; none while a record is open. */
  readonly waiting: Part[];
}

export function newStream(name: string): Stream {
  return { name, recent: [], time: null, open: null, used: 0, toldAs: null, waiting: [] };
}

export function streamOf(state: StreamState): Stream {
  return { ...structuredClone(state), waiting: [] };
}

/** NOTE: nothing may wait. */
export function stateOf({ name, recent, time, open, used, toldAs }: Stream): StreamState {
  return structuredClone({ name, recent, time, open, used, toldAs });
}

export interface Opening {
  readonly head: Head | null;
  readonly id: string;
  readonly time: string | null;
  readonly context: readonly string[];
  readonly isHeaded?: boolean;
}

export function newRecord({ head, id, time, context, isHeaded = false }: Opening): OpenRecord {
  return {
    head,
    firstId: id,
    lastId: id,
    number: 0,
    time,
    body: emptyBody(),
    context,
    phase: 'none',
    isGroup: false,
    isFatal: false,
    isQuoted: false,
    frames: 0,
    tracebacks: 0,
    after: [],
    foreign: 0,
    uncertain: 0,
    ...(isHeaded ? { isHeaded } : {}),
  };
}

import { createHash } from 'node:crypto';
import type { ErrorEvent, Reject } from '../../../../core/model/events/event.ts';
import { createLineSplitter } from '../../../../core/logs/lines/split-lines.ts';
import { createLogReading, type LogPlan, type LogReading, type LogState } from '../../../../core/logs/read-log.ts';
import { remarkOf } from '../../../vendors/logs/remarks.ts';

export interface LogPlace {
  /** What its events are called by. */
  readonly generation: string;
  /** For people. */
  readonly path: string;
  /** Where it goes on: the beginning of a line. */
  readonly offset: number;
  /** Epoch ms. */
  readonly at: number;
}

/** What came of a file's text. */
export interface FileYield {
  readonly events: readonly ErrorEvent[];
  readonly rejects: readonly Reject[];
  /** Remarks on what was read all the same. */
  readonly notes: readonly Reject[];
}

/** A file's text as it is read: events out of bytes. */
export interface LogText extends Pick<LogReading, 'takeTimings'> {
  push(bytes: Uint8Array): void;
  /** The last line has no line feed, and never gets one. */
  endLine(): void;
  /** Nothing follows: what is open ends. */
  end(): void;
  /** What is open, as it is now. */
  tellOpen(): void;
  /** What came since the last time. */
  take(): FileYield;
  state(): LogState;
  /** Where the line begins that has not ended. */
  readonly offset: number;
}

export function followLog(plan: LogPlan, { generation, path, offset, at }: LogPlace, before: LogState | null): LogText {
  const prefix = `${generation}:`;
  const reading = createLogReading(plan, { hash: sha256, at, prefix }, before ?? undefined);
  const splitter = createLineSplitter(offset);
  return {
    push: (bytes) => splitter.push(bytes, reading.line),
    endLine: () => splitter.end(reading.line),
    end: () => reading.end(),
    tellOpen: () => reading.tellOpen('all'),
    take() {
      const { events, rejects, notes } = reading.take();
      const placed = rejects.map((it) => ({ ...it, place: `${path}, byte ${it.id.slice(prefix.length)}` }));
      return { events, rejects: placed, notes: notes.map((it) => remarkOf(it, { name: path, prefix, at })) };
    },
    takeTimings: () => reading.takeTimings(),
    state: () => reading.state(),
    get offset() {
      return splitter.offset;
    },
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

import { hash } from 'node:crypto';
import type { ErrorEvent } from '../../../src/core/model/events/event.ts';
import { ANY_EVENT, type EventRules } from '../../../src/core/logs/events/to-event.ts';
import { type Line, Piece } from '../../../src/core/logs/lines/line.ts';
import { createLineSplitter } from '../../../src/core/logs/lines/split-lines.ts';
import { createLogReading, type LogReading, type LogState, type LogYield } from '../../../src/core/logs/read-log.ts';
import { leastLevel, readerOf, type Format } from '../../../src/core/logs/readers/index.ts';
import type { LogReader } from '../../../src/core/logs/record.ts';
import { createWallClock } from '../../../src/core/logs/times/wall-clock.ts';
import type { Pattern } from '../../../src/core/logs/pattern.ts';

/** When logs of tests are read. */
const READ_AT = Date.UTC(2026, 10, 30);

export const sha256 = (text: string): string => hash('sha256', text, 'hex');

export interface Reading {
  readonly format?: Format;
  readonly reader?: LogReader;
  readonly rules?: Partial<EventRules>;
  readonly zone?: string;
  readonly state?: LogState;
  readonly timings?: readonly Pattern[];
  readonly assembly?: { readonly context: number; readonly lookBack: number; readonly buffer: number };
}

export function openReading({ format = 'django', reader, rules, zone = 'UTC', state, ...more }: Reading): LogReading {
  const plan = {
    ...more,
    reader: reader ?? readerOf(format),
    rules: { ...ANY_EVENT, level: leastLevel(format), ...rules },
    clock: createWallClock(zone),
  };
  return createLogReading(plan, { hash: sha256, at: READ_AT, prefix: '' }, state);
}

/** A text as a line of a file. */
export function lineOf(text: string, offset = 0): Line {
  const bytes = new TextEncoder().encode(text);
  return { piece: new Piece(bytes), start: 0, stop: bytes.length, offset, left: 0 };
}

/** All that a log holds, read to its end; `cuts`: into which pieces its bytes come. */
export function readLog(log: string | Uint8Array, how: Reading = {}, cuts: readonly number[] = []): LogYield {
  const reading = openReading(how);
  const splitter = createLineSplitter();
  const bytes = typeof log === 'string' ? new TextEncoder().encode(log) : log;
  const stops = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  stops.slice(1).forEach((stop, n) => splitter.push(bytes.subarray(stops[n], stop), reading.line));
  splitter.end(reading.line);
  reading.end();
  return reading.take();
}

export function titlesOf({ events }: LogYield): readonly string[] {
  return events.map(({ title }) => title);
}

/** What events of different readings are compared by. */
export function told(events: readonly ErrorEvent[]): readonly string[] {
  return events.map((event) => JSON.stringify(event)).toSorted();
}

/** A line of an archive. */
export function archived(
  id: bigint | number | string,
  stream: string,
  message: string,
  time = '2026-11-29T00:00:00',
): string {
  const [machine, program] = stream.split(' ');
  return [id, time, `${time}Z`, 4, machine, '192.0.2.1', 'User', 'Notice', program, message].join('\t');
}

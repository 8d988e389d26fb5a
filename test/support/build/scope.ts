import type { Log, Repeat, Scope } from '../../../src/core/ports/scope.ts';
import { NOW } from '../time/clock.ts';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** A log that keeps its lines. */
export interface LogBook extends Log {
  readonly lines: LogLine[];
  texts(): readonly string[];
}

export function createLogBook(lines: LogLine[] = [], common: object = {}): LogBook {
  const note =
    (level: LogLine['level']) =>
    (fields: object, text: string): void =>
      void lines.push({ level, fields: { ...common, ...fields }, text });
  return {
    lines,
    texts: () => lines.map(({ text }) => text),
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
    child: (fields) => createLogBook(lines, { ...common, ...fields }),
  };
}

export interface TestScope extends Scope {
  readonly log: LogBook;
  readonly requests: () => number;
  readonly clocks: { readonly skewMs: number; readonly errorMs: number }[];
  readonly repeats: Repeat[];
}

export function scopeOf(options: { deadline?: number; signal?: AbortSignal } = {}): TestScope {
  let requests = 0;
  const clocks: { skewMs: number; errorMs: number }[] = [];
  const repeats: Repeat[] = [];
  return {
    runId: 'run-1',
    signal: options.signal ?? new AbortController().signal,
    deadline: options.deadline ?? NOW + 3_600_000,
    log: createLogBook(),
    meter: {
      requested: () => void requests++,
      sent: () => undefined,
      sawClock: (skewMs, errorMs) => void clocks.push({ skewMs, errorMs }),
      isBefore: () => false,
      repeated: (repeat) => void repeats.push(repeat),
    },
    repeats,
    requests: () => requests,
    clocks,
  };
}

import { commaList, inWords, oneOf, plain, wholeNumber } from '../../../config/formats.ts';
import type { Schema } from '../../../config/schema.ts';
import type { Level } from '../../../core/logs/readers/levels.ts';

/** What every intake of logs may say of their text. */
export interface LogSettings {
  /** Of times without one: an IANA name. */
  readonly timeZone: string;
  /** Least level of records that are events; undefined: the format's own. */
  readonly level: Level | undefined;
  /** Ends of names of exceptions; undefined: any. */
  readonly exceptions: readonly string[] | undefined;
  /** Words of records that are no events. */
  readonly deny: readonly string[] | undefined;
  /** Lines before a record that are kept with it. */
  readonly context: number;
}

const LEVELS = ['debug', 'info', 'warning', 'error', 'fatal'] as const satisfies readonly Level[];

/** `kind`: of the intake. */
export function logKeys(kind: string): Schema<LogSettings> {
  const env = (key: string): string => `intakes.${kind}.${key}`;
  return {
    timeZone: {
      doc: 'Time zone of times that name none; America/New_York',
      format: timeZone,
      default: 'UTC',
      ...{ env: env('timeZone'), key: 'timeZone' },
    },
    level: {
      doc: 'Least level of records without a traceback that are events; default the format’s',
      format: oneOf(...LEVELS),
      default: null,
      ...{ optional: true, env: env('level'), key: 'level' },
    },
    exceptions: {
      doc: 'Only tracebacks of exceptions whose names end so; default any',
      format: commaList(),
      default: null,
      ...{ optional: true, env: env('exceptions'), key: 'exceptions' },
    },
    deny: {
      doc: 'Words; a record that has one of them is no event',
      format: commaList(),
      default: null,
      ...{ optional: true, env: env('deny'), key: 'deny' },
    },
    context: {
      doc: 'How many lines before a record are kept with it',
      format: wholeNumber(0, 20),
      default: 3,
      ...{ env: env('context'), key: 'context' },
    },
  };
}

const timeZone = inWords('the name of a time zone, such as Europe/Berlin', (text, show) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: plain(text, show) }).resolvedOptions().timeZone && text;
  } catch {
    throw new Error(`${show(text)} is no time zone; write one such as Europe/Berlin, or UTC`);
  }
});

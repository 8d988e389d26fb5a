import { commaList, inWords, oneOf, plain, wholeNumber } from '../../../config/formats.ts';
import { zoneRemedy } from '../../../config/rules/quiet.ts';
import type { Schema } from '../../../config/schema.ts';
import type { Level } from '../../../core/logs/readers/levels.ts';
import type { PatternCase } from '../../../core/logs/cases/run-case.ts';
import { patternCases } from './pattern-cases.ts';
import { patternList } from './pattern-list.ts';

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
  /** Lines of others that may stand between two lines of a traceback. */
  readonly lookBack: number;
  /** Patterns: what they mean is in `EventRules`. */
  readonly merge: readonly string[] | undefined;
  readonly keep: readonly string[] | undefined;
  readonly enrich: readonly string[] | undefined;
  readonly scrub: readonly string[] | undefined;
  readonly timings: readonly string[] | undefined;
  /** Worked cases of the patterns: only `check` looks at them. */
  readonly cases: readonly PatternCase[] | undefined;
  /** Words that say nothing of an error, beside those that never do. */
  readonly noise: readonly string[] | undefined;
}

const LEVELS = ['debug', 'info', 'warning', 'error', 'fatal'] as const satisfies readonly Level[];

/** `kind`: of the intake. */
export function logKeys(kind: string): Schema<LogSettings> {
  const env = (key: string): string => `intakes.${kind}.${key}`;
  return {
    timeZone: {
      doc: 'Time zone of times that name none; America/New_York',
      ...{ format: timeZone, default: 'UTC', env: env('timeZone'), key: 'timeZone' },
    },
    level: {
      doc: 'Least level of records without a traceback that are events; default the format’s',
      format: oneOf(...LEVELS),
      default: null,
      ...{ optional: true, env: env('level'), key: 'level' },
    },
    exceptions: words('Only tracebacks of exceptions whose names end so; default any', env('exceptions'), 'exceptions'),
    deny: words('Words; a record that has one of them is no event', env('deny'), 'deny'),
    context: {
      doc: 'How many lines before a record are kept with it',
      ...{ format: wholeNumber(0, 20), default: 3, env: env('context'), key: 'context' },
    },
    lookBack: {
      doc: 'How many lines of others may stand between two lines of a traceback',
      ...{ format: wholeNumber(0, 1_000), default: 100, env: env('lookBack'), key: 'lookBack' },
    },
    merge: patterns('Patterns; records in which one is found are one issue', env('merge'), 'merge'),
    keep: patterns('Patterns; records in which they find something else are other issues', env('keep'), 'keep'),
    enrich: patterns('Patterns whose named groups are user, environment, release and tags', env('enrich'), 'enrich'),
    timings: timingsKey(env('timings')),
    noise: words('Words that say nothing of an error: issues are like each other without them', env('noise'), 'noise'),
    scrub: patterns('Patterns; what they find is not kept', env('scrub'), 'scrub'),
    cases: casesKey(env('cases')),
  };
}

/** What intakes besides those of logs may have too. */
export function timingsKey(env: string) {
  return patterns('Patterns whose named groups are a name and a duration, ms or s', env, 'timings');
}

export function casesKey(env: string) {
  const doc = 'Worked cases of these patterns, which check runs: a line, and all that they give for it';
  return { doc, format: patternCases, default: null, optional: true, env, key: 'cases' } as const;
}

function words(doc: string, env: string, key: string) {
  return { doc, format: commaList(), default: null, optional: true, env, key } as const;
}

function patterns(doc: string, env: string, key: string) {
  return { doc, format: patternList, default: null, optional: true, env, key } as const;
}

const timeZone = inWords('the name of a time zone, such as Europe/Berlin', (text, show) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: plain(text, show) }).resolvedOptions().timeZone && text;
  } catch {
    throw new Error(`${show(text)} is no time zone; ${zoneRemedy(text)}`);
  }
});

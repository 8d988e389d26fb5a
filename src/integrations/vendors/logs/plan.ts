import { ASSEMBLY } from '../../../core/logs/assembling/assembler.ts';
import { ANY_EVENT } from '../../../core/logs/events/to-event.ts';
import { UpstreamError } from '../../../core/model/errors.ts';
import type { Pattern } from '../../../core/logs/pattern.ts';
import type { LogPlan } from '../../../core/logs/read-log.ts';
import { type Format, leastLevel, readerOf } from '../../../core/logs/readers/index.ts';
import { createWallClock } from '../../../core/logs/times/wall-clock.ts';
import { compiled, compiledAll } from './compiled.ts';
import type { LogSettings } from './keys.ts';

/** What some kinds of intakes have. */
export interface PlanExtras {
  /** Of headers, for the format of that name. */
  readonly pattern?: string | undefined;
  /** Of a line at the log's vendor, as in `EventRules`. */
  readonly page?: string | null;
}

/** How the logs of an intake are read. Throws an `UpstreamError` for a bad pattern. */
export function planOf(format: Format, settings: LogSettings, { pattern, page = null }: PlanExtras = {}): LogPlan {
  const { timeZone, level = leastLevel(format), exceptions, deny = [], noise = [], context, lookBack } = settings;
  const isAny = exceptions === undefined || exceptions.includes('any');
  const all = (key: 'merge' | 'keep' | 'enrich' | 'scrub' | 'timings'): readonly Pattern[] =>
    compiledAll(key, settings[key] ?? []);
  if (format === 'pattern' && pattern === undefined)
    throw new UpstreamError('the format `pattern` needs a pattern; write it', { service: 'logs', retryable: false });
  return {
    reader: readerOf(format, pattern === undefined ? null : compiled('pattern', pattern)),
    rules: {
      ...ANY_EVENT,
      ...{ level, exceptions: isAny ? 'any' : exceptions, deny, noise, page },
      ...{ grouping: { merge: all('merge'), keep: all('keep') }, enrich: all('enrich'), scrub: all('scrub') },
    },
    clock: createWallClock(timeZone),
    timings: all('timings'),
    assembly: { ...ASSEMBLY, context, lookBack },
  };
}

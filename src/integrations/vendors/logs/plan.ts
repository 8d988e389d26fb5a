import { ASSEMBLY } from '../../../core/logs/assembling/assembler.ts';
import { ANY_EVENT } from '../../../core/logs/events/to-event.ts';
import type { LogPlan } from '../../../core/logs/read-log.ts';
import { type Format, leastLevel, readerOf } from '../../../core/logs/readers/index.ts';
import { createWallClock } from '../../../core/logs/times/wall-clock.ts';
import type { LogSettings } from './keys.ts';

/** How the logs of an intake are read. */
export function planOf(format: Format, settings: LogSettings): LogPlan {
  const { timeZone, level = leastLevel(format), exceptions, deny = [], context } = settings;
  const isAny = exceptions === undefined || exceptions.includes('any');
  return {
    reader: readerOf(format),
    rules: { ...ANY_EVENT, level, exceptions: isAny ? 'any' : exceptions, deny },
    clock: createWallClock(timeZone),
    assembly: { ...ASSEMBLY, context },
  };
}

import type { Filter } from '../model/filter.ts';
import { createPendingCount } from './pending-count.ts';
import type { Work } from './ports.ts';
import { createMeter } from './meter.ts';
import type { OpenScope } from './scope.ts';

/** Filters of one connection, and what they are worked off with: a wrong clock or slow answers are theirs alone. */
export interface Lane {
  readonly filters: readonly Filter[];
  readonly work: Work;
}

/** At least one, also of nothing. */
export function lanesOf(work: Work): readonly Lane[] {
  const { order, source } = work;
  const apart = source.apart?.(order.filters) ?? [];
  if (apart.length <= 1) return [{ filters: order.filters, work }];
  return apart.map((filters) => ({
    filters,
    work: { ...work, scope: openLane(work.scope), reading: createPendingCount() },
  }));
}

/** The run as a whole has a wrong clock when all of its lanes say so. */
export function closeLanes(lanes: readonly Lane[], scope: OpenScope): void {
  if (lanes.every(({ work }) => work.scope.ended() === 'clock')) scope.end('clock');
}

/** Ends with the run's scope, or before it and alone. */
function openLane(scope: OpenScope): OpenScope {
  const stop = new AbortController();
  const own = createMeter();
  let reason: ReturnType<OpenScope['ended']> = null;
  return {
    ...scope,
    signal: AbortSignal.any([scope.signal, stop.signal]),
    meter: {
      ...scope.meter,
      sawClock: (skewMs, errorMs) => {
        own.sawClock(skewMs, errorMs);
        scope.meter.sawClock(skewMs, errorMs);
      },
      isOff: own.isOff,
      isBefore: own.isBefore,
    },
    end: (why) => {
      reason ??= why;
      stop.abort();
    },
    ended: () => reason ?? scope.ended(),
    close: () => undefined,
  };
}

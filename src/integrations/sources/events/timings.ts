import { mergeTimings } from '../../../core/logs/timings/merge.ts';
import type { Timing } from '../../../core/model/events/timing.ts';
import type { Ask } from '../../../core/model/reading.ts';
import type { EventsOptions } from './options.ts';

/** Names of a filter and window at most, those that were seen most: each is a time series. */
export const MOST_TIMINGS = 200;

export interface TimingsRead {
  readonly timings: readonly Timing[];
  readonly warnings: readonly string[];
}

const NONE: TimingsRead = { timings: [], warnings: [] };

/** How long things took that logs of the filter's intakes tell of; nobody is asked where none does. */
export async function readTimings({ filter, window }: Ask, { store, timed }: EventsOptions): Promise<TimingsRead> {
  const projects = filter.projects.filter((project) => timed?.has(project) === true);
  if (projects.length === 0) return NONE;
  const all = mergeTimings(await store.timings(projects, window));
  const left = all.length - MOST_TIMINGS;
  if (left <= 0) return { ...NONE, timings: all };
  const warning =
    `timings: ${left} names are left out, only the ${MOST_TIMINGS} that were seen most are told; ` +
    'a pattern may take an id for a name';
  return { timings: all.slice(0, MOST_TIMINGS), warnings: [warning] };
}

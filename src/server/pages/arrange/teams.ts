import type { FilterData, Slot } from '../data/model.ts';
import { byName } from './natural.ts';

/** The filters of a team; '' is the one without a name. */
export interface Team {
  readonly name: string;
  readonly filters: readonly FilterData[];
}

/** In the order of their names, the nameless one last. */
export function teamsOf(filters: readonly FilterData[]): readonly Team[] {
  const teams = Map.groupBy(filters, ({ team }) => team ?? '');
  return [...teams]
    .map(([name, own]) => ({ name, filters: own }))
    .sort((a, b) => Number(a.name === '') - Number(b.name === '') || byName(a.name, b.name));
}

/**
 * The counts of several filters as one; what is not known of one of them makes the sum incomplete, and what Sentry told
 * of all of them is told.
 */
export function sumOf(filters: readonly Pick<FilterData, 'windows'>[]): readonly (Slot | null)[] {
  const length = Math.max(0, ...filters.map(({ windows }) => windows.length));
  return Array.from({ length }, (_, index) => sumAt(filters, index));
}

/** NOTE: by hand: a hundred thousand slots a page. */
function sumAt(filters: readonly Pick<FilterData, 'windows'>[], index: number): Slot | null {
  let [start, events, complete, isTold] = [-1, 0, true, true];
  for (const { windows } of filters) {
    const slot = windows[index] ?? null;
    if (slot === null) {
      complete = false;
      continue;
    }
    if (start < 0) start = slot.start;
    events += slot.events;
    complete &&= slot.complete;
    isTold &&= slot.from === 'source';
  }
  return start < 0 ? null : { start, events, complete, revision: 0, ...(isTold ? { from: 'source' as const } : {}) };
}

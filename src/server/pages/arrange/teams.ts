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
  const sums = Array.from({ length }, (): Sum => ({ start: -1, events: 0, known: 0, complete: true, isTold: true }));
  for (const { windows } of filters) addTo(sums, windows);
  return sums.map(({ start, events, known, complete, isTold }) =>
    known === 0
      ? null
      : {
          ...{ start, events, complete: complete && known === filters.length, revision: 0 },
          ...(isTold ? { from: 'source' as const } : {}),
        },
  );
}

interface Sum {
  start: number;
  events: number;
  /** Filters that have the slot. */
  known: number;
  complete: boolean;
  isTold: boolean;
}

/** NOTE: by hand: a hundred thousand slots a page. */
function addTo(sums: readonly Sum[], windows: FilterData['windows']): void {
  for (let index = 0; index < windows.length; index++) {
    const slot = windows[index];
    if (slot == null) continue;
    const sum = sums[index]!;
    sum.start = slot.start;
    sum.events += slot.events;
    sum.known++;
    if (!slot.complete) sum.complete = false;
    if (slot.from !== 'source') sum.isTold = false;
  }
}

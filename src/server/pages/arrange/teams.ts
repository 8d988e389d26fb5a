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
  return Array.from({ length }, (_, index) => sumAt(filters.map(({ windows }) => windows[index] ?? null)));
}

function sumAt(slots: readonly (Slot | null)[]): Slot | null {
  const known = slots.filter((slot) => slot !== null);
  const [first] = known;
  if (first === undefined) return null;
  return {
    start: first.start,
    events: known.reduce((sum, { events }) => sum + events, 0),
    complete: known.length === slots.length && known.every(({ complete }) => complete),
    revision: 0,
    ...(known.every(({ from }) => from === 'source') ? { from: 'source' as const } : {}),
  };
}

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
  const sums = emptySums(Math.max(0, ...filters.map(({ windows }) => windows.length)));
  for (const { windows } of filters) addTo(sums, windows);
  const { starts, events, known, whole, told } = sums;
  return Array.from(starts, (start, index): Slot | null => {
    const count = known[index]!;
    if (count === 0) return null;
    const complete = whole[index] === filters.length;
    const sum = { start, events: events[index]!, complete, revision: 0 };
    return told[index] === count ? { ...sum, from: 'source' as const } : sum;
  });
}

/** By slot: its start, events of all, and how many filters know it, know all of it, and know it from the source. */
interface Sums {
  readonly starts: Float64Array;
  readonly events: Float64Array;
  readonly known: Uint32Array;
  readonly whole: Uint32Array;
  readonly told: Uint32Array;
}

function emptySums(length: number): Sums {
  const [starts, events] = [new Float64Array(length), new Float64Array(length)];
  const [known, whole, told] = [new Uint32Array(length), new Uint32Array(length), new Uint32Array(length)];
  return { starts, events, known, whole, told };
}

/** NOTE: by hand: a hundred thousand slots a page. */
function addTo({ starts, events, known, whole, told }: Sums, windows: FilterData['windows']): void {
  for (let index = 0; index < windows.length; index++) {
    const slot = windows[index];
    if (slot == null) continue;
    starts[index] = slot.start;
    events[index]! += slot.events;
    known[index]!++;
    if (slot.complete) whole[index]!++;
    if (slot.from === 'source') told[index]!++;
  }
}

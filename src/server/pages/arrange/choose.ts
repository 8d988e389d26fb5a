import { peakOf } from '../chart/bars.ts';
import type { FilterData } from '../data/model.ts';
import type { Sort } from '../view/view.ts';
import { type Around, GRAVITY, standingOf } from '../findings/standing.ts';
import { placesByName } from './natural.ts';

/** Those with the text in their name, team or projects; upper and lower case are the same. */
export function matching(filters: readonly FilterData[], q: string | undefined): readonly FilterData[] {
  if (q === undefined) return filters;
  const wanted = q.toLowerCase();
  return filters.filter(({ name, team, projects }) =>
    [name, team ?? '', ...projects].some((text) => text.toLowerCase().includes(wanted)),
  );
}

/** Names ascend, numbers descend; what is not known comes last, and what is equal by its name. */
export function ordered(filters: readonly FilterData[], sort: Sort, data: Around): readonly FilterData[] {
  const valueOf: Readonly<Record<Sort, (filter: FilterData) => number>> = {
    trouble: (filter) => -GRAVITY[standingOf(filter, data)],
    name: () => 0,
    now: ({ now }) => now?.events ?? -1,
    usual: ({ usual }) => usual ?? -1,
    peak: ({ windows }) => peakOf(windows),
  };
  const places = placesByName(filters.map(({ name }) => name));
  const rows = filters.map((filter) => ({ filter, value: valueOf[sort](filter), place: places.get(filter.name)! }));
  return rows.sort((a, b) => b.value - a.value || a.place - b.place).map(({ filter }) => filter);
}

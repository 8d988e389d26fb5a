import type { Filter } from '../../../../core/model/filter.ts';

/** The filters of one team, as many as fit on a page. */
export interface TeamPage {
  readonly title: string;
  readonly filters: readonly Filter[];
}

/** We know of no limit for the widgets of a page. This one keeps a page readable and its queries short. */
const FILTERS_A_PAGE = 20;

/** Teams by name, filters without one last; filters in the order of their files. */
export function teamPages(filters: readonly Filter[]): readonly TeamPage[] {
  const teams = new Map<string | undefined, Filter[]>();
  for (const filter of filters) teams.set(filter.team, [...(teams.get(filter.team) ?? []), filter]);
  return [...teams].toSorted(([a], [b]) => byName(a, b)).flatMap(([team, own]) => pagesOf(team ?? 'No team', own));
}

function byName(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  return a < b ? -1 : 1;
}

function pagesOf(team: string, filters: readonly Filter[]): readonly TeamPage[] {
  const count = Math.ceil(filters.length / FILTERS_A_PAGE);
  return Array.from({ length: count }, (_, index) => ({
    title: count === 1 ? team : `${team} (${index + 1} of ${count})`,
    filters: filters.slice(index * FILTERS_A_PAGE, (index + 1) * FILTERS_A_PAGE),
  }));
}

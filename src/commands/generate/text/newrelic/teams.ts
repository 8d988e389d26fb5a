import type { Filter } from '../../../../core/model/filter.ts';

/** The filters of one team, as many as fit on a page. */
export interface TeamPage {
  /** Unlike that of any other page, and of the page of the runs. */
  readonly title: string;
  readonly filters: readonly Filter[];
}

export const RUNS_TITLE = 'Runs';
const NO_TEAM = 'No team';
/** New Relic takes 150 widgets on a page; far fewer keep it readable, and its queries short. */
const FILTERS_A_PAGE = 20;

/** Teams by name, filters without one last; filters in the order of their files. */
export function teamPages(filters: readonly Filter[]): readonly TeamPage[] {
  const teams = new Map<string, Filter[]>();
  for (const filter of filters)
    if (filter.team !== undefined) teams.set(filter.team, [...(teams.get(filter.team) ?? []), filter]);
  const without = filters.filter(({ team }) => team === undefined);
  const taken = new Set([RUNS_TITLE, ...titlesOf(NO_TEAM, without)]);
  const pages = [...teams]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([team, own]) => pagesOf(untaken(team, own, taken), own));
  return [...pages, ...pagesOf(NO_TEAM, without)];
}

/** A team may be called as another page is: then its page says that it is the team's. */
function untaken(team: string, own: readonly Filter[], taken: Set<string>): string {
  let name = team;
  while (titlesOf(name, own).some((title) => taken.has(title))) name = `Team ${name}`;
  for (const title of titlesOf(name, own)) taken.add(title);
  return name;
}

function titlesOf(name: string, filters: readonly Filter[]): readonly string[] {
  const count = Math.ceil(filters.length / FILTERS_A_PAGE);
  return Array.from({ length: count }, (_, index) => (count === 1 ? name : `${name} (${index + 1} of ${count})`));
}

function pagesOf(name: string, filters: readonly Filter[]): readonly TeamPage[] {
  return titlesOf(name, filters).map((title, index) => ({
    title,
    filters: filters.slice(index * FILTERS_A_PAGE, (index + 1) * FILTERS_A_PAGE),
  }));
}

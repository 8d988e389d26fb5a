import type { FilterLoad, ReadingRequests } from '../../../../core/ports/source-cost.ts';
import type { ReadingSettings } from '../settings.ts';
import { requestsOf } from './requests-of-run.ts';

/** The first run of a process, the first of a clock hour, any other. */
export type When = 'cold' | 'hourly' | 'warm';

/** `renewed`: of the issues that are shown, how many are asked for their details again, %. */
export function requestsFor(
  loads: readonly FilterLoad[],
  when: When,
  { maxRows, baselines }: ReadingSettings,
  renewed: number,
): ReadingRequests {
  const common = { maxRows, baselines, cold: when === 'cold', newHour: when !== 'warm' };
  const own = loads.map(({ filter, issues, splits }) =>
    requestsOf({
      ...common,
      filters: 1,
      projects: filter.projects.length,
      issuesPerFilter: issues,
      splitsPerFilter: splits,
    }),
  );
  const sum = (part: 'rows' | 'splits' | 'hour' | 'days'): number => own.reduce((all, it) => all + it[part], 0);
  const shown = loads.reduce((all, { issues }) => all + Math.min(issues, maxRows), 0);
  const asked = when === 'cold' ? shown : Math.ceil((shown * renewed) / 100);
  const shared = requestsOf({ ...common, filters: 1, projects: projectsIn(loads).size, issuesPerFilter: 0 });
  const parts = {
    kind: shared.kind,
    projects: shared.projects,
    totals: totalsFor(loads),
    rows: sum('rows'),
    splits: sum('splits'),
    hour: sum('hour'),
    details: requestsOf({
      ...common,
      filters: 1,
      projects: 1,
      issuesPerFilter: asked,
      newIssuesPerFilter: asked,
      maxRows: Infinity,
    }).details,
    days: sum('days'),
  };
  return { ...parts, all: Object.values(parts).reduce((all, count) => all + count, 0) };
}

export function projectsIn(loads: readonly FilterLoad[]): ReadonlySet<string> {
  return new Set(loads.flatMap(({ filter }) => filter.projects));
}

/** Filters that differ in their projects only are asked for their totals together. */
function totalsFor(loads: readonly FilterLoad[]): number {
  const sets = Map.groupBy(loads, ({ filter: { searchTerms, exclude, levels, query, environments } }) =>
    JSON.stringify([searchTerms, exclude, levels, query, environments]),
  );
  return [...sets.values()].reduce(
    (all, set) =>
      all + requestsOf({ filters: 1, sets: 1, projects: projectsIn(set).size, issuesPerFilter: 0, cold: false }).totals,
    0,
  );
}

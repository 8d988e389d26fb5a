import { spansWanted } from '../../../../core/model/alerting/span-users.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { FilterLoad, ReadingRequests, ServerAssumptions } from '../../../../core/ports/source-cost.ts';
import type { ReadingSettings } from '../settings.ts';
import { JUDGED, PAGE, requestsOf } from './requests-of-run.ts';

/** The first run of a process, the first of a clock hour, any other. */
export type When = 'cold' | 'hourly' | 'warm';

export function requestsFor(
  loads: readonly FilterLoad[],
  when: When,
  { maxRows, baselines }: ReadingSettings,
  assumed: Pick<ServerAssumptions, 'renewed' | 'regressed'>,
): ReadingRequests {
  const common = { maxRows, baselines, cold: when === 'cold', newHour: when !== 'warm' };
  const own = loads.map(({ filter, issues, splits }) =>
    requestsOf({
      ...common,
      filters: 1,
      projects: filter.projects.length,
      issuesPerFilter: issues,
      splitsPerFilter: splits,
      usersPerFilter: usersFor(filter),
      regressedPerFilter: Math.ceil((Math.min(issues, JUDGED) * assumed.regressed) / 100),
    }),
  );
  const sum = (part: 'rows' | 'splits' | 'hour' | 'returns' | 'days' | 'users'): number =>
    own.reduce((all, it) => all + it[part], 0);
  const shared = requestsOf({ ...common, filters: 1, projects: projectsIn(loads).size, issuesPerFilter: 0 });
  const parts = {
    kind: shared.kind,
    projects: shared.projects,
    totals: totalsFor(loads),
    rows: sum('rows'),
    splits: sum('splits'),
    hour: sum('hour'),
    details: detailsFor(loads, maxRows, when === 'cold' ? 100 : assumed.renewed),
    returns: sum('returns'),
    days: sum('days'),
    users: sum('users'),
  };
  return { ...parts, all: Object.values(parts).reduce((all, count) => all + count, 0) };
}

/** As the filter's rules want them. */
function usersFor(filter: Filter): number {
  return spansWanted(filter).reduce(
    (all, { ofFilter, issuesAbove }) => all + Number(ofFilter) + Number(issuesAbove !== null),
    0,
  );
}

/** Filters that look into the same environments ask for their issues together. */
function detailsFor(loads: readonly FilterLoad[], maxRows: number, renewed: number): number {
  const sets = Map.groupBy(loads, ({ filter }) => JSON.stringify(filter.environments.toSorted()));
  return [...sets.values()].reduce((all, set) => {
    const asked = set.reduce((sum, { issues }) => {
      const shown = Math.min(issues, maxRows);
      const judged = Math.min(shown, JUDGED);
      return sum + judged + Math.ceil(((shown - judged) * renewed) / 100);
    }, 0);
    return all + Math.ceil(asked / PAGE);
  }, 0);
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

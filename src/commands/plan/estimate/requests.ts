import type { Filter } from '../../../core/model/filter.ts';
import { type Requests, requestsOf } from '../../../integrations/sources/sentry/cost.ts';
import { usedOf } from '../../../integrations/sources/sentry/limits/rate-limit.ts';
import type { Assumptions, Duration, Reading } from './types.ts';

/** A filter and how much it finds. */
export interface Load {
  readonly filter: Filter;
  readonly issues: number;
  readonly splits: number;
}

export type When = 'cold' | 'hourly' | 'warm';

/** Requests of one run over filters that differ: the formula filter by filter, and once for what they share. */
export function requestsFor(
  loads: readonly Load[],
  when: When,
  { maxRows, baselines }: Reading,
  { renewed }: Assumptions,
): Requests {
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

export function projectsIn(loads: readonly Pick<Load, 'filter'>[]): ReadonlySet<string> {
  return new Set(loads.flatMap(({ filter }) => filter.projects));
}

/** Filters that differ in their projects only are asked for their totals together. */
function totalsFor(loads: readonly Load[]): number {
  const sets = Map.groupBy(loads, ({ filter: { searchTerms, exclude, levels, query, environments } }) =>
    JSON.stringify([searchTerms, exclude, levels, query, environments]),
  );
  return [...sets.values()].reduce(
    (all, set) =>
      all + requestsOf({ filters: 1, sets: 1, projects: projectsIn(set).size, issuesPerFilter: 0, cold: false }).totals,
    0,
  );
}

/** How the time of a run comes about: requests in flight, Sentry's rate, and the round trips that follow each other. */
export interface Effort {
  readonly requests: number;
  readonly roundTrips: number;
}

/** Look-ups when cold, then counts, then details and days ago where there are any; pages of rows follow each other. */
export function effortOf(loads: readonly Load[], requests: Requests, when: When, { maxRows }: Reading): Effort {
  const pages = Math.max(
    1,
    ...loads.map(({ issues, splits }) => Math.ceil(Math.min(Math.max(issues, splits), maxRows + 1) / 100)),
  );
  return {
    requests: requests.all,
    roundTrips: (when === 'cold' ? 1 : 0) + pages + (requests.details + requests.days > 0 ? 1 : 0),
  };
}

export function secondsAt(
  latencyMs: number,
  { requests, roundTrips }: Effort,
  { concurrency }: Reading,
  { perSecond }: Assumptions,
): number {
  const atRate = perSecond === 0 ? 0 : requests / usedOf(perSecond);
  return Math.max((roundTrips * latencyMs) / 1000, (requests * latencyMs) / 1000 / concurrency, atRate);
}

/** The latency up to which that much fits into so many seconds, ms; 0: never. A slower answer is not waited for. */
export function ceilingOf(
  seconds: number,
  { requests, roundTrips }: Effort,
  { concurrency, timeoutSeconds }: Reading,
  { perSecond }: Assumptions,
): number {
  if (perSecond > 0 && requests / usedOf(perSecond) > seconds) return 0;
  return Math.floor(
    Math.min((seconds * 1000) / roundTrips, (seconds * 1000 * concurrency) / requests, timeoutSeconds * 1000),
  );
}

export function durationsOf(
  cold: Effort,
  warm: Effort,
  reading: Reading,
  assumptions: Assumptions,
): readonly Duration[] {
  return assumptions.latencies.map((latencyMs) => ({
    latencyMs,
    cold: secondsAt(latencyMs, cold, reading, assumptions),
    warm: secondsAt(latencyMs, warm, reading, assumptions),
  }));
}

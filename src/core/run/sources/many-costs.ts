import type { Filter } from '../../model/filter.ts';
import type { ConnectionCost, ReadingCost, ReadingRequests, SourceCost } from '../../ports/source-cost.ts';

/** A source's name, and what it costs to read it. */
export type NamedCost = readonly [name: string, cost: SourceCost];

/** Several sources' costs as one: they are read side by side, each within limits of its own. */
export function manyCosts(costs: readonly NamedCost[], sourceOf: (filter: Filter) => string): SourceCost {
  const [only, ...others] = costs;
  if (only !== undefined && others.length === 0) return only[1];
  const byName = new Map(costs);
  const all = costs.map(([, cost]) => cost);
  return {
    org: [...new Set(all.map(({ org }) => org))].join(', '),
    maxRows: Math.max(...all.map(({ maxRows }) => maxRows)),
    isPaged: all.some(({ isPaged }) => isPaged),
    of: (filter) => byName.get(sourceOf(filter))!,
    estimate(loads, assumptions, deadlineMs) {
      const connections = costs.map(([source, cost]): ConnectionCost => {
        const own = loads.filter(({ filter }) => sourceOf(filter) === source);
        return { source, org: cost.org, filters: own.length, cost: cost.estimate(own, assumptions, deadlineMs) };
      });
      return { ...together(connections.map(({ cost }) => cost)), warnings: warningsOf(connections), connections };
    },
  };
}

function warningsOf(connections: readonly ConnectionCost[]): readonly string[] {
  return connections.flatMap(({ source, cost }) => cost.warnings.map((text) => `${source}: ${text}`));
}

/** Requests add up; what takes time runs side by side, and what is scarce is the scarcest. */
function together(costs: readonly ReadingCost[]): Omit<ReadingCost, 'warnings'> {
  const requests = costs.flatMap((cost) => cost.requests ?? []);
  const [ceilings, shares, pages] = [
    costs.flatMap(({ ceiling }) => ceiling ?? []),
    costs.flatMap(({ share }) => share ?? []),
    costs.flatMap((cost) => cost.pages ?? []),
  ];
  const sum = <T>(all: readonly T[], of: (it: T) => number): number => all.reduce((total, it) => total + of(it), 0);
  const most = <T>(all: readonly T[], of: (it: T) => number): number => Math.max(...all.map(of));
  const least = <T>(all: readonly T[], of: (it: T) => number): number => Math.min(...all.map(of));
  return {
    readingSeconds: least(costs, ({ readingSeconds }) => readingSeconds),
    requests:
      requests.length === 0
        ? null
        : {
            cold: sumOf(requests.map(({ cold }) => cold)),
            hourly: sumOf(requests.map(({ hourly }) => hourly)),
            warm: sumOf(requests.map(({ warm }) => warm)),
          },
    requestsPerDay: requests.length === 0 ? null : sum(costs, ({ requestsPerDay }) => requestsPerDay ?? 0),
    durations: costs[0]!.durations.map(({ latencyMs }, index) => ({
      latencyMs,
      cold: most(costs, ({ durations }) => durations[index]?.cold ?? 0),
      warm: most(costs, ({ durations }) => durations[index]?.warm ?? 0),
    })),
    ceiling:
      ceilings.length === 0
        ? null
        : {
            everythingMs: least(ceilings, ({ everythingMs }) => everythingMs),
            totalsMs: least(ceilings, ({ totalsMs }) => totalsMs),
          },
    share:
      shares.length === 0
        ? null
        : { requests: most(shares, (it) => it.requests), atOnce: most(shares, ({ atOnce }) => atOnce) },
    pages:
      pages.length === 0
        ? null
        : { perRun: sum(pages, ({ perRun }) => perRun), seconds: most(pages, ({ seconds }) => seconds) },
  };
}

function sumOf(all: readonly ReadingRequests[]): ReadingRequests {
  const kinds = Object.keys(all[0]!) as (keyof ReadingRequests)[];
  const sums = kinds.map((kind) => [kind, all.reduce((total, it) => total + it[kind], 0)] as const);
  return Object.fromEntries(sums) as unknown as ReadingRequests;
}

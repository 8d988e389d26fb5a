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
  const kinds = ['cold', 'hourly', 'warm'] as const;
  const [cold, hourly, warm] = kinds.map((kind) => sumOf(requests.map((it) => it[kind])));
  return {
    readingSeconds: Math.min(...costs.map(({ readingSeconds }) => readingSeconds)),
    requests: requests.length === 0 ? null : { cold: cold!, hourly: hourly!, warm: warm! },
    requestsPerDay: requests.length === 0 ? null : sum(...costs.map(({ requestsPerDay }) => requestsPerDay ?? 0)),
    durations: costs[0]!.durations.map(({ latencyMs }, index) => ({
      latencyMs,
      cold: Math.max(...costs.map(({ durations }) => durations[index]?.cold ?? 0)),
      warm: Math.max(...costs.map(({ durations }) => durations[index]?.warm ?? 0)),
    })),
    ceiling: combined(costs, ({ ceiling }) => ceiling, { everythingMs: Math.min, totalsMs: Math.min }),
    share: combined(costs, ({ share }) => share, { requests: Math.max, atOnce: Math.max }),
    pages: combined(costs, ({ pages }) => pages, { perRun: sum, seconds: Math.max }),
  };
}

type Numbers<K extends string> = { readonly [P in K]: number };

/** What some of them have, each number of it combined in its own way; null: none has it. */
function combined<K extends string>(
  costs: readonly ReadingCost[],
  of: (cost: ReadingCost) => Numbers<K> | null,
  ways: { readonly [P in K]: (...all: number[]) => number },
): Numbers<K> | null {
  const all = costs.flatMap((cost) => of(cost) ?? []);
  if (all.length === 0) return null;
  const keys = Object.keys(ways) as K[];
  return Object.fromEntries(keys.map((key) => [key, ways[key](...all.map((it) => it[key]))])) as Numbers<K>;
}

function sum(...all: readonly number[]): number {
  return all.reduce((total, it) => total + it, 0);
}

function sumOf(all: readonly ReadingRequests[]): ReadingRequests {
  const kinds = Object.keys(all[0] ?? {}) as (keyof ReadingRequests)[];
  return Object.fromEntries(
    kinds.map((kind) => [kind, sum(...all.map((it) => it[kind]))]),
  ) as unknown as ReadingRequests;
}

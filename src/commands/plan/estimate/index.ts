import { readingMs } from '../../../integrations/sources/sentry/api/read-deadline.ts';
import { bytesOf, recordsOf } from './records.ts';
import { ceilingOf, durationsOf, effortOf, type Load, projectsIn, requestsFor } from './requests.ts';
import type { Assumptions, FilterPlan, Plan, PlanInput } from './types.ts';
import { warningsOf } from './warnings.ts';

export { ASSUMED } from './types.ts';
export type { Assumptions, FilterPlan, Measured, Plan, PlanInput, Reading } from './types.ts';

const RUNS_A_DAY = 288;
const RUN_SECONDS = 300;
/** Events of a page (SA §4.1). */
const EVENTS_A_PAGE = 100;

/** What the filters cost with these settings. Pure: the same input gives the same plan. */
export function planFor(input: PlanInput): Plan {
  const { reading, assumptions, deadlineMs } = input;
  const loads = input.filters.map((filter): Load => {
    const issues = input.measured?.get(filter.name)?.issues ?? assumptions.issues;
    return { filter, issues, splits: filter.tags.length === 0 ? 0 : issues * assumptions.combinations };
  });
  const filters = loads.map((load) => filterPlan(load, input));
  const plan = {
    filters,
    assumptions,
    deadlineSeconds: deadlineMs / 1000,
    readingSeconds: readingMs(deadlineMs) / 1000,
    ...sinksOf(loads, filters, input),
  };
  const source = reading.source === 'pages' ? pagesOf(loads, input) : tableOf(loads, input);
  return { ...plan, ...source, warnings: warningsOf({ ...plan, ...source, warnings: [] }, input) };
}

function filterPlan({ filter, issues, splits }: Load, input: PlanInput): FilterPlan {
  const { maxRows } = input.reading;
  const records = recordsOf(filter, Math.min(issues, maxRows), Math.min(splits, maxRows), input);
  return {
    filter: filter.name,
    projects: filter.projects.length,
    issues,
    splits,
    isMeasured: input.measured?.has(filter.name) ?? false,
    records: Object.fromEntries([...records].map(([sink, items]) => [sink, items.length])),
    newRelicBytes: bytesOf(records.get('newrelic') ?? []),
  };
}

type SourcePart = Pick<Plan, 'requests' | 'requestsPerDay' | 'durations' | 'ceiling' | 'share' | 'pages'>;

function tableOf(loads: readonly Load[], { reading, assumptions, deadlineMs }: PlanInput): SourcePart {
  const [cold, hourly, warm] = (['cold', 'hourly', 'warm'] as const).map((when) =>
    requestsFor(loads, when, reading, assumptions),
  ) as [Requests, Requests, Requests];
  const seconds = deadlineMs / 1000;
  const effort = effortOf(loads, warm, 'warm', reading);
  return {
    requests: { cold, hourly, warm },
    requestsPerDay: 24 * hourly.all + (RUNS_A_DAY - 24) * warm.all,
    durations: durationsOf(effortOf(loads, cold, 'cold', reading), effort, reading, assumptions),
    ceiling: {
      everythingMs: ceilingOf(readingMs(deadlineMs) / 1000, effort, reading, assumptions),
      totalsMs: ceilingOf(seconds, { requests: warm.totals, roundTrips: 1 }, reading, assumptions),
    },
    share: shareOf(warm.all, reading.concurrency, assumptions),
    pages: null,
  };
}

type Requests = ReturnType<typeof requestsFor>;

function shareOf(requests: number, concurrency: number, { perSecond, atOnce }: Assumptions): Plan['share'] {
  return perSecond === 0 ? null : { requests: requests / (perSecond * RUN_SECONDS), atOnce: concurrency / atOnce };
}

/** Each project's events are read once for all filters. */
function pagesOf(loads: readonly Load[], { reading: { pagesPerSecond }, assumptions }: PlanInput): SourcePart {
  const perRun = projectsIn(loads).size * Math.ceil(assumptions.events / EVENTS_A_PAGE);
  const secondsAt = (latencyMs: number): number =>
    pagesPerSecond === 0 ? (perRun * latencyMs) / 1000 : Math.max(perRun / pagesPerSecond, (perRun * latencyMs) / 1000);
  return {
    requests: null,
    requestsPerDay: null,
    ceiling: null,
    share: null,
    pages: { perRun, seconds: secondsAt(assumptions.latencies[0] ?? 0) },
    durations: assumptions.latencies.map((latencyMs) => ({
      latencyMs,
      cold: secondsAt(latencyMs),
      warm: secondsAt(latencyMs),
    })),
  };
}

function sinksOf(
  loads: readonly Load[],
  filters: readonly FilterPlan[],
  { sinks }: PlanInput,
): Pick<Plan, 'newRelic' | 'anodot'> {
  const pairs = (sink: string): number =>
    loads
      .filter(({ filter }) => filter.sinks?.includes(sink) ?? true)
      .reduce((sum, { filter }) => sum + filter.projects.length, 0);
  const records = (sink: string): number => RUNS_A_DAY * filters.reduce((sum, it) => sum + (it.records[sink] ?? 0), 0);
  const has = (sink: string): boolean => sinks.some(({ name }) => name === sink);
  return {
    newRelic: has('newrelic')
      ? {
          seriesPerMetric: pairs('newrelic'),
          seriesPerDay: 3 * pairs('newrelic'),
          recordsPerDay: records('newrelic'),
          gbPerDay: (RUNS_A_DAY * filters.reduce((sum, { newRelicBytes }) => sum + newRelicBytes, 0)) / 1e9,
        }
      : null,
    anodot: has('anodot') ? { metrics: 3 * pairs('anodot'), samplesPerDay: records('anodot') } : null,
  };
}

import type { FilterLoad } from '../../../core/ports/source-cost.ts';
import { bytesOf, recordsOf } from './records.ts';
import type { FilterPlan, Plan, PlanInput, RecordsInput, RecordsPlan } from './types.ts';
import { warningsOf } from './warnings.ts';

export { ASSUMED } from './types.ts';
export type { Assumptions, FilterPlan, Measured, Plan, PlanInput, RecordsInput } from './types.ts';

const RUNS_A_DAY = 288;

/** What the filters cost with these settings. Pure: the same input gives the same plan. */
export function planFor(input: PlanInput): Plan {
  const { cost, assumptions, deadlineMs } = input;
  const records = planRecords(input);
  const { warnings, ...reading } = cost.estimate(loadsOf(input), assumptions, deadlineMs);
  return {
    ...records,
    assumptions,
    deadlineSeconds: deadlineMs / 1000,
    ...reading,
    warnings: [...warningsOf(records, input), ...warnings],
  };
}

/** Only what the sinks are sent. */
export function planRecords(input: RecordsInput): RecordsPlan {
  const loads = loadsOf(input);
  const filters = loads.map((load) => filterPlan(load, input));
  return { filters, ...sinksOf(loads, filters, input) };
}

function loadsOf({ filters, measured, assumptions }: RecordsInput): readonly FilterLoad[] {
  return filters.map((filter) => {
    const issues = measured?.get(filter.name)?.issues ?? assumptions.issues;
    return { filter, issues, splits: filter.tags.length === 0 ? 0 : issues * assumptions.combinations };
  });
}

function filterPlan({ filter, issues, splits }: FilterLoad, input: RecordsInput): FilterPlan {
  const { maxRows } = input.cost;
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

function sinksOf(
  loads: readonly FilterLoad[],
  filters: readonly FilterPlan[],
  { sinks }: RecordsInput,
): Omit<RecordsPlan, 'filters'> {
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

import type { Item } from '../../../core/model/item.ts';
import { DAY_MS, PERIOD_MS } from '../../../core/model/window.ts';
import type { SinkCost } from '../../../core/ports/sink-cost.ts';
import type { FilterLoad } from '../../../core/ports/source-cost.ts';
import { generatedWarnings } from './generated.ts';
import { madeUpReport } from './made-up-report.ts';
import type { FilterPlan, Plan, PlanInput, RecordsInput, RecordsPlan, VendorPlan } from './types.ts';
import { rowWarnings } from './warnings.ts';

export const RUNS_A_DAY = DAY_MS / PERIOD_MS;

/** What the filters cost with these settings. Pure: the same input gives the same plan. */
export function planFor(input: PlanInput): Plan {
  const { sourceCost, assumptions, deadlineMs } = input;
  const records = planRecords(input);
  const { warnings, ...reading } = sourceCost.estimate(loadsOf(input), assumptions, deadlineMs);
  const ofVendors = records.vendors.flatMap(({ label, cost: { title }, day }) =>
    (day?.warnings ?? []).map((text) => (label === title ? text : `${label}: ${text}`)),
  );
  return {
    ...records,
    assumptions,
    deadlineSeconds: deadlineMs / 1000,
    ...reading,
    warnings: [...rowWarnings(records.filters, input), ...ofVendors, ...generatedWarnings(input), ...warnings],
  };
}

/** Only what the sinks are sent. */
export function planRecords(input: RecordsInput): RecordsPlan {
  const filters = loadsOf(input).map((load) => filterPlan(load, input));
  const vendors = Object.entries(input.sinkCosts)
    .toSorted(([, a], [, b]) => Number(isPaidByBytes(b)) - Number(isPaidByBytes(a)))
    .map(([sink, cost]) => vendorPlan(sink, cost, filters, input));
  return { filters, vendors };
}

function loadsOf({ filters, measured, assumptions }: RecordsInput): readonly FilterLoad[] {
  return filters.map((filter) => {
    const issues = measured?.get(filter.name)?.issues ?? assumptions.issues;
    return { filter, issues, splits: filter.tags.length === 0 ? 0 : issues * assumptions.combinations };
  });
}

function filterPlan(load: FilterLoad, input: RecordsInput): FilterPlan {
  const { filter, issues, splits } = load;
  const report = madeUpReport(load, input.sourceCost, input.assumptions.title);
  const items = input.sinks
    .filter(({ name }) => filter.sinks?.includes(name) ?? true)
    .map((sink) => [sink.name, sink.encode(report)] as const);
  const paid = items.filter(([sink]) => isPaidByBytes(input.sinkCosts[sink]));
  return {
    filter: filter.name,
    projects: filter.projects.length,
    issues,
    splits,
    isMeasured: input.measured?.has(filter.name) ?? false,
    records: Object.fromEntries(items.map(([sink, all]) => [sink, all.length])),
    bytes: Object.fromEntries(paid.map(([sink, all]) => [sink, bytesOf(all)])),
  };
}

function isPaidByBytes(cost: SinkCost | undefined): boolean {
  return cost?.keys.bytes !== undefined;
}

/** UTF-8 bytes of the JSON. */
function bytesOf(items: readonly Item[]): number {
  return items.reduce((sum, { body }) => sum + new TextEncoder().encode(JSON.stringify(body)).length + 1, 0);
}

function vendorPlan(
  sink: string,
  cost: SinkCost,
  plans: readonly FilterPlan[],
  { filters, sinks, sinkCosts }: RecordsInput,
): VendorPlan {
  const others = sinks.filter(({ name }) => sinkCosts[name]?.title === cost.title);
  const label = others.length > 1 ? `${cost.title} (${sink})` : cost.title;
  if (!sinks.some(({ name }) => name === sink)) return { sink, cost, label, day: null };
  const aDay = (of: 'records' | 'bytes'): number =>
    RUNS_A_DAY * plans.reduce((sum, it) => sum + (it[of][sink] ?? 0), 0);
  const sent = filters.filter((filter) => filter.sinks?.includes(sink) ?? true);
  return { sink, cost, label, day: cost.ofDay({ filters: sent, records: aDay('records'), bytes: aDay('bytes') }) };
}

import type { FilterPlan, Plan, VendorPlan } from './estimate/types.ts';

/** The plan for machines: every vendor that plans know, null where its sink is not enabled. */
export function planJson(plan: Plan): object {
  const { filters, vendors, assumptions, deadlineSeconds, readingSeconds, warnings, ...reading } = plan;
  return {
    filters: filters.map((filter) => filterJson(filter, vendors)),
    assumptions,
    deadlineSeconds,
    readingSeconds,
    ...Object.fromEntries(vendors.map(({ cost, day }) => [cost.keys.vendor, day?.figures ?? null])),
    ...reading,
    warnings,
  };
}

function filterJson({ bytes, ...filter }: FilterPlan, vendors: readonly VendorPlan[]): object {
  const named = vendors.flatMap(({ sink, cost: { keys } }) =>
    keys.bytes === undefined ? [] : [[keys.bytes, bytes[sink] ?? 0] as const],
  );
  return { ...filter, ...Object.fromEntries(named) };
}

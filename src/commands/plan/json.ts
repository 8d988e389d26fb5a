import type { JsonObject } from '../../core/model/item.ts';
import type { FilterPlan, Plan, VendorPlan } from './estimate/types.ts';

/** The plan for machines: every vendor that plans know, null where its sink is not enabled. */
export function planJson(plan: Plan): object {
  const { filters, vendors, assumptions, deadlineSeconds, readingSeconds, warnings, connections, ...reading } = plan;
  return {
    filters: filters.map((filter) => filterJson(filter, vendors)),
    assumptions,
    deadlineSeconds,
    readingSeconds,
    ...vendorsJson(vendors),
    ...reading,
    ...(connections === undefined ? {} : { connections }),
    warnings,
  };
}

/** By vendor; where several sinks are of one, all together, and then each by its name as well. */
function vendorsJson(vendors: readonly VendorPlan[]): object {
  const active = vendors.flatMap(({ sink, cost, day }) => (day === null ? [] : [{ sink, cost, day }]));
  const byVendor = Object.entries(Object.groupBy(vendors, ({ cost }) => cost.keys.vendor)).map(([vendor, all]) => {
    const figures = all!.flatMap(({ day }) => (day === null ? [] : [day.figures]));
    return [vendor, figures.length === 0 ? null : added(figures)] as const;
  });
  const isAmbiguous = new Set(active.map(({ cost }) => cost.keys.vendor)).size < active.length;
  return {
    ...Object.fromEntries(byVendor),
    ...(isAmbiguous ? { sinks: Object.fromEntries(active.map(({ sink, day }) => [sink, day.figures])) } : {}),
  };
}

/** Numbers are added up; of other figures the first counts. */
function added(all: readonly JsonObject[]): JsonObject {
  return all.reduce((sum, figures) => ({
    ...sum,
    ...Object.fromEntries(
      Object.entries(figures).flatMap(([name, figure]) => {
        const before = sum[name];
        return typeof figure === 'number' ? [[name, figure + (typeof before === 'number' ? before : 0)]] : [];
      }),
    ),
  }));
}

function filterJson({ bytes, ...filter }: FilterPlan, vendors: readonly VendorPlan[]): object {
  const named = Object.groupBy(vendors, ({ cost }) => cost.keys.bytes ?? '');
  const sums = Object.entries(named)
    .filter(([name]) => name !== '')
    .map(([name, all]) => [name, all!.reduce((sum, { sink }) => sum + (bytes[sink] ?? 0), 0)] as const);
  return { ...filter, ...Object.fromEntries(sums) };
}

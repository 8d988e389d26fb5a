import type { Missing, Route } from './ledger.ts';
import type { Sink } from './ports.ts';
import type { Filter, Window } from './types.ts';
import { sinksFor } from './plan.ts';
import { PERIOD_MS } from './window.ts';

/** A window and what is missing of it. */
export interface Hole {
  readonly window: Window;
  /** By filter, never empty. */
  readonly missing: ReadonlyMap<string, readonly Missing[]>;
  /** By filter, the sinks that lack it, those that are left alone included. */
  readonly sinks: ReadonlyMap<string, readonly string[]>;
}

/** Windows that a sink no longer takes, or that are beyond the reach of the catch-up. */
export interface TooOld {
  readonly sink: string;
  /** Windows times filters. */
  readonly reports: number;
  /** Of the first and the last window, epoch ms. */
  readonly from: number;
  readonly to: number;
}

/** A send that takes so much longer still counts as in time, ms. */
const SLACK_MS = PERIOD_MS;

export function routesOf(filters: readonly Filter[], enabled: readonly Sink[], only?: readonly string[]): readonly Route[] {
  return filters.flatMap((filter) => sinksFor(filter, enabled, only).map((sink) => ({ filter: filter.name, sink })));
}

/** By window, the oldest first. */
export function holesOf(missing: readonly Missing[]): readonly Hole[] {
  const windows = new Map<number, Map<string, Missing[]>>();
  for (const it of missing) {
    const filters = windows.get(it.start) ?? new Map<string, Missing[]>();
    windows.set(it.start, filters.set(it.filter, [...(filters.get(it.filter) ?? []), it]));
  }
  return [...windows].sort(([a], [b]) => a - b).map(([start, filters]) => ({
    window: { start, end: start + PERIOD_MS }, missing: filters, sinks: new Map([...filters].map(([filter, some]) => [filter, some.map(({ sink }) => sink)])),
  }));
}

/** The hole with only what passes (null: nothing does), and the rest. */
export function split({ missing, ...hole }: Hole, passes: (it: Missing) => boolean): readonly [Hole | null, readonly Missing[]] {
  const all = [...missing.values()].flat();
  const some = all.filter(passes);
  const left = [...Map.groupBy(some, ({ filter }) => filter)];
  return [left.length === 0 ? null : { ...hole, missing: new Map(left) }, all.filter((it) => !some.includes(it))];
}

/** Windows times filters. */
export function reportsIn(missing: readonly Missing[]): number {
  return new Set(missing.map(({ filter, start }) => `${filter} ${start}`)).size;
}

/** Splits off what comes too late: for its sink at `now` (epoch ms), or because it starts before `from`. */
export function sortOut(missing: readonly Missing[], sinks: readonly Sink[], now: number, from: number): { readonly due: readonly Missing[]; readonly tooOld: readonly TooOld[] } {
  const maxAge = new Map(sinks.map(({ name, maxAgeMs }) => [name, maxAgeMs]));
  const isLate = ({ sink, start }: Missing): boolean => start < from || now - start > (maxAge.get(sink) ?? Infinity) - SLACK_MS;
  const late = Map.groupBy(missing.filter(isLate), ({ sink }) => sink);
  return {
    due: missing.filter((it) => !isLate(it)),
    tooOld: [...late].map(([sink, some]) => ({ sink, reports: reportsIn(some), from: some[0]!.start, to: some.at(-1)!.start + PERIOD_MS })),
  };
}

import { isTooOld } from '../delivery/too-old.ts';
import type { Missing, Route, TooOld } from '../model/aftermath.ts';
import type { Filter } from '../model/filter.ts';
import { PERIOD_MS, type Window } from '../model/window.ts';
import type { Sink } from '../ports/sink.ts';
import { sinksFor } from '../run/claim-reports.ts';

/** A window and what is missing of it. */
export interface MissingWindow {
  readonly window: Window;
  /** By filter, never empty. */
  readonly missing: ReadonlyMap<string, readonly Missing[]>;
  /** By filter, the sinks that lack it, those that are left alone included. */
  readonly sinks: ReadonlyMap<string, readonly string[]>;
}

/** Between here and the sink a window grows so much older at most, ms. */
const SLACK_MS = PERIOD_MS;

export function routesOf(
  filters: readonly Filter[],
  enabled: readonly Sink[],
  only?: readonly string[],
): readonly Route[] {
  return filters.flatMap((filter) => sinksFor(filter, enabled, only).map((sink) => ({ filter: filter.name, sink })));
}

/** By window, the oldest first. */
export function missingWindowsOf(missing: readonly Missing[]): readonly MissingWindow[] {
  const windows = new Map<number, Map<string, Missing[]>>();
  for (const it of missing) {
    const filters = windows.get(it.start) ?? new Map<string, Missing[]>();
    windows.set(it.start, filters.set(it.filter, [...(filters.get(it.filter) ?? []), it]));
  }
  return [...windows]
    .sort(([a], [b]) => a - b)
    .map(([start, filters]) => ({
      window: { start, end: start + PERIOD_MS },
      missing: filters,
      sinks: new Map([...filters].map(([filter, some]) => [filter, some.map(({ sink }) => sink)])),
    }));
}

/** The window with only what passes (null: nothing does), and the rest. */
export function split(
  { missing, ...missingWindow }: MissingWindow,
  passes: (it: Missing) => boolean,
): readonly [MissingWindow | null, readonly Missing[]] {
  const all = [...missing.values()].flat();
  const some = all.filter(passes);
  const left = [...Map.groupBy(some, ({ filter }) => filter)];
  return [
    left.length === 0 ? null : { ...missingWindow, missing: new Map(left) },
    all.filter((it) => !some.includes(it)),
  ];
}

/** Windows times filters. */
export function reportsIn(missing: readonly Missing[]): number {
  return new Set(missing.map(({ filter, start }) => `${filter} ${start}`)).size;
}

/** Splits off what comes too late: for its sink at `now` (epoch ms), or because it starts before `from`. */
export function sortOut(
  missing: readonly Missing[],
  sinks: readonly Sink[],
  now: number,
  from: number,
): { readonly due: readonly Missing[]; readonly tooOld: readonly TooOld[] } {
  const byName = new Map(sinks.map((sink) => [sink.name, sink]));
  const isLate = ({ sink, start }: Missing): boolean =>
    start < from || isTooOld(byName.get(sink) ?? {}, start, now + SLACK_MS);
  const late = Map.groupBy(missing.filter(isLate), ({ sink }) => sink);
  return {
    due: missing.filter((it) => !isLate(it)),
    tooOld: [...late].map(([sink, some]) => ({
      sink,
      reports: reportsIn(some),
      from: some[0]!.start,
      to: some.at(-1)!.start + PERIOD_MS,
    })),
  };
}

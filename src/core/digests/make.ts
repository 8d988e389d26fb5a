import type { Digest, DigestFilter } from '../model/alerting/digest.ts';
import { type DigestPlan, zoneOf } from '../model/alerting/digest-plan.ts';
import type { Filter } from '../model/filter.ts';
import { DAY_MS, isoOf, PERIOD_MS, type Window } from '../model/window.ts';
import {
  type CountedSum,
  type CountedWindow,
  type DigestStore,
  ISSUE_WINDOWS_MS,
  type ToldOfFilter,
} from '../ports/alerting/digest-store.ts';
import { issuesIn, toldIn } from './content.ts';
import { beforeOf, chartOf, chartSpan, spanBefore, windowsIn } from './windows.ts';

export interface MakeDeps {
  readonly store: DigestStore;
  /** By name, as they count now. */
  filterOf(name: string): Filter | undefined;
  /** Address of a filter's page; null: there is none. */
  pageOf(filter: string): string | null;
}

export interface Slot extends Window {
  readonly late: boolean;
  /** Epoch ms. */
  readonly now: number;
}

/** So many windows, over all filters, are in memory at a time. */
const AT_A_TIME = 6_000;

/** Reads all that a digest says of a slot. */
export async function makeDigest(plan: DigestPlan, slot: Slot, deps: MakeDeps): Promise<Digest> {
  const { name, at, filters, chart } = plan;
  const some = Math.max(1, Math.floor((AT_A_TIME * PERIOD_MS) / (slot.end - slot.start)));
  const all: DigestFilter[] = [];
  const bars = chart === null ? null : addUpBars(chart, slot);
  for (let from = 0; from < filters.length; from += some)
    all.push(...(await filtersOf(filters.slice(from, from + some), slot, { ...deps, seen: bars?.add })));
  return {
    name,
    slot: { start: isoOf(slot.start), end: isoOf(slot.end) },
    zone: zoneOf(at),
    late: slot.late,
    filters: all,
    chart: chart === null ? null : await readChart(chart, plan, slot, { ...deps, seen: bars!.sums }),
  };
}

async function readChart(
  chart: NonNullable<DigestPlan['chart']>,
  { filters }: DigestPlan,
  { start, end }: Slot,
  { store, seen }: MakeDeps & { readonly seen: ReadonlyMap<number, CountedSum> },
): Promise<Digest['chart']> {
  const { barMs, ...span } = chartSpan(chart, end);
  const sums = span.start >= start ? seen : await store.bars(filters, span, barMs);
  return chartOf(chart, { end, filters: filters.length, sums });
}

/** Adds up windows that are read anyway, for a chart that shows no more than the slot. */
function addUpBars(chart: NonNullable<DigestPlan['chart']>, { end }: Slot) {
  const { start, barMs } = chartSpan(chart, end);
  const sums = new Map<number, { windows: number; complete: number; events: number }>();
  const add = (windows: readonly CountedWindow[]): void => {
    for (const { start: at, complete, events } of windows) {
      // A slot may be longer than its chart.
      if (at < start) continue;
      const bar = at - ((at - start) % barMs);
      const sum = sums.get(bar) ?? { windows: 0, complete: 0, events: 0 };
      sums.set(bar, sum);
      sum.windows++;
      sum.complete += complete ? 1 : 0;
      sum.events += events;
    }
  };
  return { sums, add };
}

/** `seen`: is told of all windows. */
type FilterDeps = MakeDeps & { readonly seen: ((windows: readonly CountedWindow[]) => void) | undefined };

async function filtersOf(
  names: readonly string[],
  slot: Slot,
  { store, seen, ...deps }: FilterDeps,
): Promise<DigestFilter[]> {
  const before = spanBefore(slot);
  const [now, then] = [issueSpan(slot, slot.now), issueSpan(before, slot.now)];
  // All at once: the database answers one while another is taken apart.
  const [windows, issues, sums, counts, tellings] = await Promise.all([
    store.windows(names, slot),
    store.issues(names, now),
    store.sums(names, before),
    store.issueCounts(names, { ...then, end: Math.min(then.end, now.start) }),
    store.tellings(names, slot),
  ]);
  const told = Map.groupBy(tellings, ({ filter }) => filter);
  return names.map((name) => {
    const counted = windows.get(name) ?? [];
    seen?.(counted);
    const events = counted.reduce((sum, window) => sum + window.events, 0);
    return {
      filter: name,
      team: deps.filterOf(name)?.team ?? null,
      page: deps.pageOf(name),
      events,
      issuesSince: now.start < slot.start ? isoOf(now.start) : null,
      before: beforeOf(before, sums.get(name), counts.get(name)),
      windows: windowsIn(slot, counted),
      ...issuesIn(issues.get(name), slot, events),
      ...toldOf(name, told.get(name) ?? [], deps),
    };
  });
}

/** What is older than windows are kept with their issues is counted by whole UTC days. */
function issueSpan({ start, end }: Window, now: number): Window {
  return { start: now - start <= ISSUE_WINDOWS_MS ? start : Math.floor(start / DAY_MS) * DAY_MS, end };
}

function toldOf(name: string, told: readonly ToldOfFilter[], { filterOf }: Pick<MakeDeps, 'filterOf'>) {
  const { alerts = [] } = filterOf(name) ?? {};
  return toldIn(told, new Map(alerts.map((rule) => [rule.name, { sentence: rule.sentence, severity: rule.severity }])));
}

/** No event came, all was counted, and nothing else is to be said. */
export function isEmpty({ filters, lacks = [] }: Digest): boolean {
  if (lacks.length > 0) return false;
  return filters.every(
    ({ events, windows: { all, counted, incomplete }, rules, held }) =>
      events === 0 && counted === all && incomplete === 0 && rules.length === 0 && Object.keys(held).length === 0,
  );
}

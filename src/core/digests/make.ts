import type { Digest, DigestFilter } from '../model/alerting/digest.ts';
import { type DigestPlan, zoneOf } from '../model/alerting/digest-plan.ts';
import type { Filter } from '../model/filter.ts';
import { DAY_MS, isoOf, PERIOD_MS, type Window } from '../model/window.ts';
import { type DigestStore, ISSUE_WINDOWS_MS, type ToldOfFilter } from '../ports/alerting/digest-store.ts';
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
const AT_A_TIME = 12_000;

/** Reads all that a digest says of a slot. */
export async function makeDigest(plan: DigestPlan, slot: Slot, deps: MakeDeps): Promise<Digest> {
  const { name, at, filters, chart } = plan;
  const some = Math.max(1, Math.floor((AT_A_TIME * PERIOD_MS) / (slot.end - slot.start)));
  const all: DigestFilter[] = [];
  for (let from = 0; from < filters.length; from += some)
    all.push(...(await filtersOf(filters.slice(from, from + some), slot, deps)));
  return {
    name,
    slot: { start: isoOf(slot.start), end: isoOf(slot.end) },
    zone: zoneOf(at),
    late: slot.late,
    filters: all,
    chart: chart === null ? null : await readChart(chart, plan, slot, deps),
  };
}

async function readChart(
  chart: NonNullable<DigestPlan['chart']>,
  { filters }: DigestPlan,
  { end }: Slot,
  { store }: MakeDeps,
): Promise<Digest['chart']> {
  const { barMs, ...span } = chartSpan(chart, end);
  return chartOf(chart, { end, filters: filters.length, sums: await store.bars(filters, span, barMs) });
}

async function filtersOf(names: readonly string[], slot: Slot, { store, ...deps }: MakeDeps): Promise<DigestFilter[]> {
  const before = spanBefore(slot);
  const [now, then] = [issueSpan(slot, slot.now), issueSpan(before, slot.now)];
  const windows = await store.windows(names, slot);
  const issues = await store.issues(names, now);
  const sums = await store.sums(names, before);
  const counts = await store.issueCounts(names, { ...then, end: Math.min(then.end, now.start) });
  const told = Map.groupBy(await store.tellings(names, slot), ({ filter }) => filter);
  return names.map((name) => {
    const counted = windows.get(name) ?? [];
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
export function isEmpty({ filters }: Digest): boolean {
  return filters.every(
    ({ events, windows: { all, counted, incomplete }, rules, held }) =>
      events === 0 && counted === all && incomplete === 0 && rules.length === 0 && Object.keys(held).length === 0,
  );
}

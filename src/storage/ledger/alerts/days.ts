import * as z from 'zod/mini';
import type { WindowFacts } from '../../../core/model/alerting/facts.ts';
import { DAY_MS, PERIOD_MS } from '../../../core/model/window.ts';
import type { FilterSpan, IssueSum } from '../../../core/ports/alerting/alert-store.ts';
import type { Engine } from '../../database/engine.ts';
import { withGiven } from '../../database/given-rows.ts';
import type { IssueDayRow } from '../../database/alert-tables.ts';
import { parse } from '../codec.ts';
import { eachCount, readIds } from './counting/each-count.ts';
import { windowsIn, withSpans } from './spans.ts';

/** Id, events, users. */
const SumsText = z.array(z.tuple([z.string(), z.number(), z.number()]));
export type Sums = Map<string, readonly [events: number, users: number]>;

export function dayOf(start: number): number {
  return Math.floor(start / DAY_MS) * DAY_MS;
}

export function nameOf(filter: string, start: number): string {
  return `${filter}@${start}`;
}

/** The windows of these that are part of their day, by name. */
export async function inDays(engine: Engine, facts: readonly WindowFacts[]): Promise<ReadonlySet<string>> {
  const asked = new Map(
    facts.map(({ filter, window: { start } }) => [nameOf(filter, dayOf(start)), { name: filter, day: dayOf(start) }]),
  );
  if (asked.size === 0) return new Set();
  const rows = await daysOf(engine, [...asked.values()]);
  const days = new Map(rows.map((row) => [nameOf(row.filter, row.day_start), row]));
  const isIn = ({ filter, window: { start } }: WindowFacts): boolean => {
    const day = days.get(nameOf(filter, dayOf(start)));
    return day !== undefined && hasWindow(day.windows, start);
  };
  return new Set(facts.filter(isIn).map(({ filter, window: { start } }) => nameOf(filter, start)));
}

function daysOf(
  engine: Engine,
  days: readonly { readonly name: string; readonly day: number }[],
): Promise<Pick<IssueDayRow, 'filter' | 'day_start' | 'windows'>[]> {
  return withGiven<{ name: string; day: number }>(engine, { name: 'text', day: 'bigint' }, days)
    .selectFrom('given')
    .innerJoin('sentry_monitor_issue_days as known', (join) =>
      join.onRef('known.filter', '=', 'name').onRef('known.day_start', '=', 'day'),
    )
    .select(['known.filter', 'known.day_start', 'known.windows'])
    .execute();
}

const WINDOWS = DAY_MS / PERIOD_MS;

/** `windows`: a bit for each window of the day, as hexadecimal digits; the first window is the last bit. */
function hasWindow(windows: string, start: number): boolean {
  return ((BigInt(`0x${windows}`) >> placeOf(start)) & 1n) === 1n;
}

export function withWindow(windows: string, start: number): string {
  const bits = BigInt(`0x${windows}`) | (1n << placeOf(start));
  return bits.toString(16).padStart(WINDOWS / 4, '0');
}

function placeOf(start: number): bigint {
  return BigInt((start - dayOf(start)) / PERIOD_MS);
}

/** `text`: null: nothing of the day is kept yet. */
export function sumsIn(text: string | null): Sums {
  return new Map(text === null ? [] : parse(SumsText, text, 'sums of a day').map(([id, ...sum]) => [id, sum]));
}

export function sumsText(sums: Sums): string {
  return JSON.stringify([...sums].map(([id, sum]) => [id, ...sum]));
}

export function addTo(sums: Sums, id: string, events: number, users: number): void {
  const before = sums.get(id);
  sums.set(id, [events + (before?.[0] ?? 0), Math.max(users, before?.[1] ?? 0)]);
}

/** From windows, and from the days that begin in the span. */
export async function sumsOver(
  engine: Engine,
  asks: readonly FilterSpan[],
): Promise<ReadonlyMap<string, readonly IssueSum[]>> {
  if (asks.length === 0) return new Map();
  const windows = await windowsIn(engine, asks).select(['own.filter', 'own.issues']).execute();
  const days = await withSpans(engine, asks)
    .selectFrom('given')
    .innerJoin('sentry_monitor_issue_days as day', (join) =>
      join.onRef('day.filter', '=', 'name').onRef('day.day_start', '>=', 'since').onRef('day.day_start', '<', 'before'),
    )
    .select(['day.filter', 'day.sums'])
    .execute();
  const byFilter = new Map<string, Sums>();
  const of = (filter: string): Sums => {
    const known: Sums = byFilter.get(filter) ?? new Map<string, readonly [number, number]>();
    byFilter.set(filter, known);
    return known;
  };
  for (const { filter, sums } of days)
    for (const [id, [events, users]] of sumsIn(sums)) addTo(of(filter), id, events, users);
  const ids = readIds();
  for (const { filter, issues } of windows) {
    const own = of(filter);
    eachCount(issues, ids, (id, events, users) => addTo(own, id, events, users));
  }
  return new Map(
    [...byFilter].map(([filter, sums]) => [filter, [...sums].map(([id, [events, users]]) => ({ id, events, users }))]),
  );
}

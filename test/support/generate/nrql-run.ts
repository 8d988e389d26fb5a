import type { Call, Condition, Query } from './nrql.ts';

/** A record as it is stored, with its time in epoch milliseconds. */
export interface Stored {
  readonly timestamp: number;
  readonly record: Readonly<Record<string, unknown>>;
}

export interface Row {
  readonly facet: readonly unknown[];
  /** Start of the bucket; undefined without TIMESERIES. */
  readonly at: number | undefined;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Facets that come without a LIMIT, and at most. */
const DEFAULT_LIMIT = 10;
const MOST_FACETS = 5000;
const MOST_BUCKETS = 366;

/**
 * Runs a query as New Relic's documentation describes it, over what it holds at `now`.
 * Empty buckets and facets have no row.
 */
export function runNrql(query: Query, stored: readonly Stored[], now: number): readonly Row[] {
  if (query.since === undefined) throw new Error('a chart needs its SINCE');
  return rowsOf(query, stored, now - query.since, now);
}

function rowsOf(query: Query, stored: readonly Stored[], from: number, now: number): readonly Row[] {
  const source =
    typeof query.from === 'string'
      ? recordsOf(query.from, stored, from, now)
      : rowsOf(query.from, stored, from, now).map((row) => recordOf(row, query.from as Query));
  const kept = source.filter((it) => query.where.every((condition) => holds(condition, it)));
  const size = query.timeseries;
  if (size !== undefined && (now - from) / size > MOST_BUCKETS)
    throw new Error(`${(now - from) / size} buckets; New Relic gives at most ${MOST_BUCKETS}`);
  const groups = new Map<string, Stored[]>();
  for (const it of kept) {
    const key = JSON.stringify(query.facet.map((name) => valueOf(it, name) ?? null));
    groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return best(query, groups).flatMap(([key, group]) =>
    buckets(group, size, from).map(([at, own]) => ({
      facet: JSON.parse(key) as unknown[],
      at,
      values: Object.fromEntries(query.select.map(({ name, call }) => [name, result(call, own)])),
    })),
  );
}

function recordsOf(type: string, stored: readonly Stored[], from: number, now: number): readonly Stored[] {
  return stored.filter(({ timestamp, record }) => record['eventType'] === type && timestamp > from && timestamp <= now);
}

/** A row of a nested query, as a record for the query around it. */
function recordOf({ facet, at, values }: Row, inner: Query): Stored {
  return {
    timestamp: at ?? 0,
    record: { ...Object.fromEntries(inner.facet.map((name, index) => [name, facet[index]])), ...values },
  };
}

/** The facets with the highest first value. */
function best({ facet, limit, select }: Query, groups: ReadonlyMap<string, Stored[]>): readonly [string, Stored[]][] {
  if (facet.length === 0) return [...groups];
  const most = limit === 'MAX' ? MOST_FACETS : (limit ?? DEFAULT_LIMIT);
  const rank = (group: readonly Stored[]): number => Number(result(select[0]!.call, group) ?? -Infinity);
  return [...groups].toSorted(([, a], [, b]) => rank(b) - rank(a)).slice(0, most);
}

function buckets(
  group: readonly Stored[],
  size: number | undefined,
  from: number,
): readonly [number | undefined, readonly Stored[]][] {
  if (size === undefined) return [[undefined, group]];
  const found = new Map<number, Stored[]>();
  for (const it of group) {
    const at = from + Math.floor((it.timestamp - from) / size) * size;
    found.set(at, [...(found.get(at) ?? []), it]);
  }
  return [...found];
}

function result(call: Call, group: readonly Stored[]): unknown {
  if (call.fn === 'filter')
    return result(
      call.of as Call,
      group.filter((it) => call.where.every((condition) => holds(condition, it))),
    );
  if (call.fn === 'count') return group.length;
  const values = group.map((it) => valueOf(it, call.of as string)).filter((value) => value !== undefined);
  const numbers = values.filter((value) => typeof value === 'number');
  if (call.fn === 'uniqueCount') return uniqueCount(values);
  if (call.fn === 'latest') return latest(call.of as string, group);
  if (call.fn === 'sum') return numbers.reduce((sum, value) => sum + value, 0);
  if (numbers.length === 0) return null;
  if (call.fn === 'max') return Math.max(...numbers);
  if (call.fn === 'min') return Math.min(...numbers);
  throw new Error(`no such function: ${call.fn}`);
}

/** Exact up to 256 only: a query that asks for more proves nothing. */
function uniqueCount(values: readonly unknown[]): number {
  const count = new Set(values).size;
  if (count > 256) throw new Error('uniqueCount is an estimate above 256');
  return count;
}

/** Of several at the same instant it is not said which: here the last to arrive. */
function latest(name: string, group: readonly Stored[]): unknown {
  const ordered = group.filter((it) => valueOf(it, name) !== undefined).toSorted((a, b) => a.timestamp - b.timestamp);
  const last = ordered.at(-1);
  return last === undefined ? null : valueOf(last, name);
}

function holds({ attribute, op, values }: Condition, it: Stored): boolean {
  const value = valueOf(it, attribute);
  if (op === 'IS NOT NULL') return value !== undefined;
  if (op === 'IN') return values.includes(value as string);
  return op === '=' ? value === values[0] : value !== undefined && value !== values[0];
}

function valueOf({ record, timestamp }: Stored, name: string): unknown {
  return name === 'timestamp' ? timestamp : (record[name] ?? undefined);
}

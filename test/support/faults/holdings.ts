import type { World } from '../../../sandbox/index.ts';
import { SPAN } from '../e2e/bench.ts';
import { expectedOf } from '../e2e/expected-records.ts';
import type { Json } from '../e2e/json.ts';
import { taken } from '../e2e/received-records.ts';
import type { FilterSpec } from '../e2e/service.ts';

type Wire = Record<string, Json>;

/** What of a report one vendor's API should hold, and how often it holds each record. */
export interface Lane {
  /** counts, issues and splits are parts of New Relic's events; metrics; samples. */
  readonly name: string;
  /** Copies of each expected record. */
  readonly copies: readonly number[];
}

export interface Holdings {
  readonly lanes: readonly Lane[];
  /** Numbers that are not the truth, or not there, in words. */
  readonly wrong: readonly string[];
}

const COUNTED = ['value', 'count'];
const OTHERS = ['issues', 'users'];

/** Compares what the vendors hold with the truth that the sandbox knows; fails for records that nobody expects. */
export function holdings(world: World, filters: readonly FilterSpec[]): Holdings {
  const expected = filters.map((filter) => expectedOf(world, { filter, span: SPAN, web: '' }));
  const got = taken(world.received);
  const ours = (name: unknown): boolean => filters.some((filter) => filter.name === name);
  const wrong = new Set<string>();
  const lane = (name: string, records: readonly Wire[], truth: readonly Wire[], keyOf: (it: Wire) => string): Lane => {
    const copies = new Map(truth.map((it) => [keyOf(it), 0]));
    const byKey = new Map(truth.map((it) => [keyOf(it), it]));
    for (const record of records) {
      const key = keyOf(record);
      const meant = byKey.get(key);
      if (meant === undefined) throw new Error(`${name}: nobody expects ${JSON.stringify(record)}`);
      copies.set(key, (copies.get(key) ?? 0) + 1);
      for (const words of differences(record, meant)) wrong.add(words);
    }
    return { name, copies: [...copies.values()] };
  };
  const events = got.events.filter((it) => ours(it['filter']));
  const metrics = got.metrics.filter((it) => ours(it['attributes'].filter));
  const samples = got.samples.filter((it) => ours(it['properties'].filter));
  const part = (name: string, types: readonly string[]): Lane => {
    const isOf = (it: Wire): boolean => types.includes(it['type'] as string);
    return lane(name, events.filter(isOf), expected.flatMap((it) => it.events).filter(isOf), eventKey);
  };
  const lanes = [
    part('counts', ['filter_count', 'event_count']),
    part('issues', ['sentry_issue']),
    part('splits', ['sentry_issue_tag']),
    lane(
      'metrics',
      metrics,
      expected.flatMap((it) => it.metrics),
      (it) => `${it['name']} ${it['attributes'].project} ${it['attributes'].filter}`,
    ),
    lane(
      'samples',
      samples,
      expected.flatMap((it) => it.samples as unknown as Wire[]),
      (it) => `${it['properties'].what} ${it['properties'].project} ${it['properties'].filter}`,
    ),
  ];
  return { lanes, wrong: [...wrong].sort() };
}

function eventKey(it: Wire): string {
  return JSON.stringify([it['type'], it['filter'], it['project'] ?? '', it['sentryIssueId'] ?? '', it['region'] ?? '']);
}

/** A record that has no count needs no other number. */
function differences(record: Wire, meant: Wire): readonly string[] {
  if (COUNTED.every((field) => record[field] === undefined)) return ['without numbers'];
  const odd = [...COUNTED, ...OTHERS].filter((field) => record[field] !== meant[field]);
  return odd.map(
    (field) =>
      `${nameOf(record, field)} ${record[field] === undefined ? 'left out' : `said to be ${String(record[field])}`}`,
  );
}

/** `sentry.issues` and `sentry_issues` are the number of issues, as `issues` of an event is. */
function nameOf(record: Wire, field: string): string {
  const metric = record['name'] ?? record['properties']?.what;
  return `number of ${metric === undefined ? field.replace(/^(value|count)$/, 'events') : String(metric).replace(/^sentry[._]/, '')}`;
}

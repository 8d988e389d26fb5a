import assert from 'node:assert/strict';
import type { Received } from '../../../sandbox/index.ts';
import { type Bench, SPAN } from './bench.ts';
import { type Expected, expectedOf } from './expected-records.ts';
import type { Json } from './json.ts';
import { sameRecords, taken } from './received-records.ts';
import type { FilterSpec, Posted } from './service.ts';

/**
 * Requests for what Sentry knows of the issues: a hundred in each, by environments; and one for each that it calls
 * regressed among the hundred biggest of a filter.
 */
export function knowledgeRequests(
  expected: readonly Expected[],
  filters: readonly FilterSpec[],
): { readonly lists: number; readonly histories: number } {
  const sets = new Map<string, Set<string>>();
  const histories = new Set<string>();
  expected.forEach(({ truth, events }, index) => {
    const set = [...(filters[index]!.environments ?? [])].sort().join();
    const ids = sets.get(set) ?? new Set();
    for (const { id } of truth.issues) ids.add(id);
    sets.set(set, ids);
    const biggest = new Set(truth.issues.slice(0, 100).map(({ id }) => id));
    for (const it of events)
      if (it['substatus'] === 'regressed' && biggest.has(it['sentryIssueId'])) histories.add(it['sentryIssueId']);
  });
  const lists = [...sets.values()].reduce((sum, { size }) => sum + Math.ceil(size / 100), 0);
  return { lists, histories: histories.size };
}

/** The vendors hold each record that is expected as often as it is, and no other. */
export function assertExact(received: Received, expected: readonly Expected[]): void {
  const { events, metrics, samples } = taken(received);
  sameRecords(
    'events',
    events,
    expected.flatMap((it) => it.events),
  );
  sameRecords(
    'metrics',
    metrics,
    expected.flatMap((it) => it.metrics),
  );
  sameRecords(
    'samples',
    samples,
    expected.flatMap((it) => it.samples),
  );
}

/** A filter's numbers in the answer, and its records, equal the truth of all that can be read. */
export function assertFilterExact({ sandbox }: Bench, answer: Posted, filter: FilterSpec): void {
  const expected = expectedOf(sandbox.world, { filter, span: SPAN, web: sandbox.sentryUrl });
  const { events, metrics, samples } = taken(sandbox.world.received);
  const report = answer.body.reports.find((it: Json) => it.filter === filter.name);
  assert.deepEqual([report.complete, report.gaps, report.unattributed, report.totals], [true, [], 0, expected.totals]);
  sameRecords(
    `events of ${filter.name}`,
    events.filter((it) => it['filter'] === filter.name),
    expected.events,
  );
  sameRecords(
    `metrics of ${filter.name}`,
    metrics.filter((it) => it['attributes'].filter === filter.name),
    expected.metrics,
  );
  sameRecords(
    `samples of ${filter.name}`,
    samples.filter((it) => it['properties'].filter === filter.name),
    expected.samples,
  );
}

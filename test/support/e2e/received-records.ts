import assert from 'node:assert/strict';
import type { LoggedRequest, Received, World } from '../../../sandbox/index.ts';
import type { Json } from './json.ts';

/** JSON with keys in one order, so that equal records are equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, it: unknown) =>
    typeof it === 'object' && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  );
}

/** The same records, each as often; in any order. Nothing more and nothing less. */
export function sameRecords(what: string, actual: readonly unknown[], expected: readonly unknown[]): void {
  const left = new Map<string, number>();
  for (const it of expected) left.set(canonical(it), (left.get(canonical(it)) ?? 0) + 1);
  const extra: string[] = [];
  for (const text of actual.map(canonical)) {
    const count = left.get(text) ?? 0;
    if (count === 0) extra.push(text);
    else left.set(text, count - 1);
  }
  const missing = [...left].filter(([, count]) => count > 0).map(([text]) => text);
  const show = (texts: readonly string[]): string =>
    texts
      .slice(0, 3)
      .map((text) => `\n    ${text}`)
      .join('');
  if (extra.length + missing.length === 0) return;
  assert.fail(
    `${what}: ${actual.length} records for ${expected.length}\n  ${missing.length} missing:${show(missing)}\n  ${extra.length} too many:${show(extra)}`,
  );
}

type Wire = Record<string, Json>;

/** What the sandbox took, as plain records. */
export interface Taken {
  readonly events: readonly Wire[];
  readonly runEvents: readonly Wire[];
  readonly metrics: readonly Wire[];
  readonly samples: readonly Wire[];
}

export function taken({ newrelic, anodot }: Received): Taken {
  const events = newrelic.events.map(({ record }) => record as Wire);
  return {
    events: events.filter((it) => it['eventType'] !== 'SentryMonitorRun'),
    runEvents: events.filter((it) => it['eventType'] === 'SentryMonitorRun'),
    metrics: newrelic.metrics.map(({ record }) => record as Wire),
    samples: anodot.samples.map(({ sample }) => sample),
  };
}

/** No vendor dropped, refused or changed anything. */
export function assertClean({ newrelic, anodot }: Received): void {
  assert.deepEqual(newrelic.droppedEvents, []);
  assert.deepEqual(newrelic.droppedMetrics, []);
  assert.deepEqual(anodot.refused, []);
  assert.deepEqual(
    [...newrelic.events, ...newrelic.metrics].filter((it) => it.notes.length > 0),
    [],
  );
}

/** How often each of Sentry's endpoints was asked. */
export function sentryRequests({ requests }: Pick<World, 'requests'>): Record<string, number> {
  return byEndpoint(requests.all().filter(({ vendor }) => vendor === 'sentry'));
}

export function byEndpoint(requests: readonly LoggedRequest[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { endpoint } of requests) counts[endpoint] = (counts[endpoint] ?? 0) + 1;
  return counts;
}

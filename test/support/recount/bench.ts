import assert from 'node:assert/strict';
import type { EventInput } from '../../../sandbox/index.ts';
import { type LedgerBench, NOW, openLedgerBench, START } from '../e2e/bench.ts';
import type { Json } from '../e2e/json.ts';
import { taken } from '../e2e/received-records.ts';
import type { FilterSpec, Service } from '../e2e/service.ts';

export const FILTERS: readonly FilterSpec[] = [
  { name: 'shop', projects: ['web', 'api'] },
  { name: 'api', projects: ['api'], sinks: ['newrelic'] },
];

/** `count` events of a project in the first window, that arrive `lateMs` after their time. */
export function events(project: string, count: number, lateMs = 0): EventInput[] {
  return Array.from({ length: count }, (_, n) => ({
    at: START + n * 1000,
    arrivedAt: START + n * 1000 + lateMs,
    project,
    issue: project === 'web' ? 1 : 2,
    title: 'Error: x',
    user: `id:${n}`,
  }));
}

/** A service with a ledger that counts the first window again, as the clock goes on. */
export interface RecountBench extends LedgerBench {
  /** The one started last. */
  readonly service: Service;
  start(env?: Readonly<Record<string, string>>, filters?: readonly FilterSpec[]): Promise<void>;
  /** Posts as the cron does, so long after the first post. */
  tick(afterMs: number): Promise<Json>;
  /** What New Relic has of the first window: revision, count and users of each record. */
  counts(type: string, filter: string, project?: string): unknown[];
  /** As `counts`, without users. */
  values(type: string, filter: string, project?: string): unknown[];
  /** Values of the counter that Anodot has of the first window. */
  samples(filter: string, project: string): number[];
  /** New Relic's ids of the requests with records of this revision. */
  receipts(revision: number): readonly string[];
}

export async function openRecountBench(): Promise<RecountBench> {
  const bench = await openLedgerBench({ time: 'jump', story: 'none' });
  const { world } = bench.sandbox;
  for (const slug of ['web', 'api']) world.addProject({ slug });
  const started: Service[] = [];
  const latest = (): Service => started.at(-1)!;
  const records = (type: string, filter: string, project?: string): Json[] =>
    taken(world.received).events.filter(
      (it) =>
        it['type'] === type && it['filter'] === filter && it['windowStart'] === START && it['project'] === project,
    );
  return {
    ...bench,
    get service() {
      return latest();
    },
    // NOTE: leases are renewed after a third of their time, and the clock must not jump to that.
    start: async (env = {}, filters = FILTERS) => {
      const settings = { LEDGER_URL: bench.ledgerUrl, LEASE_SECONDS: '600', CATCH_UP_HOURS: '0', ...env };
      started.push(await bench.serve(filters, settings));
    },
    tick: async (afterMs) => {
      bench.clock.advance(NOW + afterMs - bench.clock.now());
      const { status, body } = await latest().post();
      assert.equal(status, 200, JSON.stringify(body));
      return body;
    },
    counts: (...which) => records(...which).map((it) => [it.revision, it.value, it.users]),
    values: (...which) => records(...which).map((it) => [it.revision, it.value]),
    samples: (filter, project) =>
      taken(world.received)
        .samples.filter(
          ({ timestamp, properties }) =>
            timestamp === START / 1000 &&
            properties.what === 'sentry_events' &&
            properties.filter === filter &&
            properties.project === project,
        )
        .map(({ value }) => Number(value)),
    receipts: (revision) => [
      ...new Set(
        world.received.newrelic.events
          .filter(({ record }) => record['revision'] === revision)
          .map(({ requestId }) => requestId),
      ),
    ],
  };
}

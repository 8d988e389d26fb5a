import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventInput } from '../../sandbox/index.ts';
import { type Bench, NOW, openBench, START } from '../support/e2e/bench.ts';
import { until } from '../support/time/until.ts';
import type { Json } from '../support/e2e/json.ts';
import { taken } from '../support/e2e/received-records.ts';
import type { FilterSpec, Service } from '../support/e2e/service.ts';

const FIVE = 300_000;
const [TEN, HOUR] = [600_000, 3_600_000];
const FILTERS: readonly FilterSpec[] = [
  { name: 'shop', projects: ['web', 'api'] },
  { name: 'api', projects: ['api'], sinks: ['newrelic'] },
];

/** `count` events of a project in the first window, that arrive `lateMs` after their time. */
function events(project: string, count: number, lateMs = 0): EventInput[] {
  return Array.from({ length: count }, (_, n) => ({
    at: START + n * 1000,
    arrivedAt: START + n * 1000 + lateMs,
    project,
    issue: project === 'web' ? 1 : 2,
    title: 'Error: x',
    user: `id:${n}`,
  }));
}

describe('windows counted again', () => {
  let bench: Bench;
  let folder: string;
  let service: Service;

  const open = async (env: Record<string, string> = {}, filters = FILTERS): Promise<void> => {
    bench.sandbox.world.addProject({ slug: 'web' });
    bench.sandbox.world.addProject({ slug: 'api' });
    service = await bench.serve(filters, {
      LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`,
      LEASE_SECONDS: '600',
      CATCH_UP_HOURS: '0',
      ...env,
    });
  };
  /** Posts as the cron does, so long after the first post. */
  const tick = async (afterMs: number): Promise<Json> => {
    bench.clock.advance(NOW + afterMs - bench.clock.now());
    const { status, body } = await service.post();
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const counts = (type: string, filter: string, project?: string): unknown[] =>
    taken(bench.sandbox.world.received)
      .events.filter(
        (it) =>
          it['type'] === type && it['filter'] === filter && it['windowStart'] === START && it['project'] === project,
      )
      .map((it) => [it['revision'], it['value'], it['users']]);
  const samples = (filter: string, project: string): number[] =>
    taken(bench.sandbox.world.received)
      .samples.filter(
        ({ timestamp, properties }) =>
          timestamp === START / 1000 &&
          properties.what === 'sentry_events' &&
          properties.filter === filter &&
          properties.project === project,
      )
      .map(({ value }) => Number(value));

  beforeEach(async () => {
    bench = await openBench({ time: 'jump', story: 'none' });
    folder = mkdtempSync(join(tmpdir(), 'sentry-monitor-'));
  });
  afterEach(async () => {
    await bench.close();
    rmSync(folder, { recursive: true });
  });

  it('tell New Relic the higher count once, under a higher revision, and Anodot nothing unless it is asked for', async () => {
    await open();
    bench.sandbox.world.addEvents([...events('web', 20), ...events('web', 3, 9 * 60_000), ...events('api', 5)]);
    const first = await tick(0);
    assert.deepEqual(first.corrections, []);
    const second = await tick(TEN);
    assert.deepEqual(second.corrections, [
      {
        id: 'shop@2026-11-20T10:00:00.000Z',
        filter: 'shop',
        window: { start: '2026-11-20T10:00:00.000Z', end: '2026-11-20T10:05:00.000Z' },
        revision: 1,
        from: 25,
        to: 28,
        projects: [{ project: 'web', from: 20, to: 23 }],
        sinks: {
          newrelic: {
            status: 'sent',
            accepted: 2,
            refused: [],
            uncertain: 0,
            failed: 0,
            refs: second.corrections[0].sinks.newrelic.refs,
          },
        },
      },
    ]);
    assert.deepEqual((await tick(TEN + FIVE)).corrections, [], 'told once');
    assert.deepEqual(counts('event_count', 'shop', 'web'), [
      [0, 20, 20],
      [1, 23, 20],
    ]);
    assert.deepEqual(counts('event_count', 'shop', 'api'), [[0, 5, 5]], 'what did not grow is not told again');
    assert.deepEqual(counts('filter_count', 'shop'), [
      [0, 25, undefined],
      [1, 28, undefined],
    ]);
    assert.deepEqual([samples('shop', 'web'), samples('shop', 'api')], [[20], [5]]);
  });

  it('give Anodot, when it is asked for, what came late as further samples: their sum is the truth', async () => {
    await open({ RECOUNT_SINKS: 'newrelic,anodot', RECOUNT: '10m,1h' });
    bench.sandbox.world.addEvents([
      ...events('web', 20),
      ...events('web', 3, 9 * 60_000),
      ...events('web', 4, 40 * 60_000),
      ...events('api', 5),
      ...events('api', 1, 50 * 60_000),
    ]);
    for (const after of [0, TEN, HOUR]) await tick(after);
    assert.deepEqual(
      [samples('shop', 'web'), samples('shop', 'api')],
      [
        [20, 3, 4],
        [5, 1],
      ],
    );
    assert.deepEqual(
      [counts('event_count', 'shop', 'web'), counts('event_count', 'shop', 'api')].map((it) =>
        it.map(([revision, value]: Json) => [revision, value]),
      ),
      [
        [
          [0, 20],
          [1, 23],
          [2, 27],
        ],
        [
          [0, 5],
          [2, 6],
        ],
      ],
    );
    assert.deepEqual(
      counts('event_count', 'api', 'api').map(([revision, value]: Json) => [revision, value]),
      [
        [0, 5],
        [2, 6],
      ],
    );
    assert.deepEqual(
      taken(bench.sandbox.world.received)
        .samples.filter(
          ({ properties }) =>
            properties.what !== 'sentry_events' && properties.filter === 'shop' && properties.project === 'web',
        )
        .map(({ timestamp }) => timestamp)
        .filter((it) => it === START / 1000).length,
      2,
      'gauges are as they were',
    );
  });

  it('send what a sink did not take once it takes it, and each difference once', async () => {
    await open({ RECOUNT_SINKS: 'newrelic,anodot', RECOUNT: '10m,20m,30m' });
    bench.sandbox.world.addEvents([
      ...events('web', 20),
      ...events('web', 3, 9 * 60_000),
      ...events('web', 4, 19 * 60_000),
      ...events('web', 5, 29 * 60_000),
      ...events('api', 1),
    ]);
    await tick(0);
    bench.sandbox.world.faults.add({ vendor: 'anodot', kind: 'status', status: 403, times: 0, match: '"value":3' });
    bench.sandbox.world.faults.add({
      vendor: 'newrelic',
      endpoint: 'nr-events',
      kind: 'status',
      status: 403,
      times: 0,
      match: '"revision":1',
    });
    const {
      corrections: [failed],
    } = await tick(TEN);
    assert.deepEqual(
      [failed.from, failed.to, failed.sinks.newrelic.status, failed.sinks.anodot.status],
      [21, 24, 'failed', 'failed'],
    );
    bench.sandbox.world.faults.clear();
    bench.sandbox.world.faults.add({ vendor: 'anodot', kind: 'stored-no-answer', match: '"value":4' });
    const { corrections } = await tick(2 * TEN);
    assert.deepEqual(
      corrections.map(({ revision, from, to, sinks }: Json) => [
        revision,
        from,
        to,
        sinks.newrelic.status,
        sinks.anodot.status,
      ]),
      [
        [1, 21, 24, 'sent', 'sent'],
        [2, 24, 28, 'sent', 'failed'],
      ],
    );
    assert.equal(
      corrections[1].sinks.anodot.uncertain,
      1,
      'nobody knows whether it was stored, so it is not sent again',
    );
    await tick(3 * TEN);
    assert.deepEqual(samples('shop', 'web'), [20, 3, 4, 5]);
    assert.deepEqual(
      counts('event_count', 'shop', 'web').map(([revision, value]: Json) => [revision, value]),
      [
        [0, 20],
        [1, 23],
        [2, 27],
        [3, 32],
      ],
    );
  });

  it('fill in a project that could not be read at first', async () => {
    await open({ RECOUNT_SINKS: 'newrelic,anodot' });
    bench.sandbox.world.addEvents([...events('web', 20), ...events('api', 5)]);
    bench.sandbox.world.forbidProject('api');
    bench.clock.advance(0);
    const first = (await service.post()).body;
    assert.deepEqual(
      first.reports[0].totals.map(({ project, events: count }: Json) => [project, count]),
      [['web', 20]],
    );
    bench.sandbox.world.allowProject('api');
    const { corrections } = await tick(TEN);
    assert.deepEqual(corrections[0].projects, [{ project: 'api', from: null, to: 5 }]);
    const records = taken(bench.sandbox.world.received).events.filter(
      (it) => it['filter'] === 'shop' && it['windowStart'] === START && it['revision'] === 1,
    );
    assert.deepEqual(
      records.map(({ type, project, value, complete, reason, issues }) => [
        type,
        project,
        value,
        complete,
        reason,
        issues,
      ]),
      [
        ['filter_count', undefined, 25, 1, undefined, undefined],
        ['event_count', 'api', 5, 1, undefined, undefined],
      ],
    );
    assert.deepEqual(samples('shop', 'api'), [5]);
  });

  it('say that a window is too old for a sink, and do not send it', async () => {
    await open();
    bench.sandbox.world.addEvents([...events('web', 20), ...events('web', 3, 20 * HOUR), ...events('api', 5)]);
    await tick(0);
    const { corrections } = await tick(23 * HOUR + 11 * FIVE);
    assert.deepEqual(
      corrections.map(({ revision, from, to, sinks }: Json) => [
        revision,
        from,
        to,
        sinks.newrelic.status,
        sinks.newrelic.error,
      ]),
      [[4, 25, 28, 'failed', 'not sent: the window is older than the 24 h that newrelic takes']],
    );
    assert.deepEqual((await tick(23 * HOUR + 12 * FIVE)).corrections, [], 'said once');
    assert.deepEqual(counts('filter_count', 'shop').length, 1);
  });

  it('cost one request for each window and all filters that differ in projects only, only when they are due, and none when they are off', async () => {
    await open();
    bench.sandbox.world.addEvents([...events('web', 20), ...events('api', 5)]);
    await tick(0);
    const asked = async (after: number): Promise<number> => {
      const seen = bench.sandbox.world.requests.all().length;
      await tick(after);
      return bench.sandbox.world.requests
        .all()
        .slice(seen)
        .filter(
          ({ vendor, query }) =>
            vendor === 'sentry' &&
            query.some(([name, value]) => name === 'start' && value.startsWith('2026-11-20T10:00:00')) &&
            query.some(([name, value]) => name === 'end' && value.startsWith('2026-11-20T10:05:00')),
        ).length;
    };
    const found = [];
    for (const after of [FIVE, TEN, TEN + FIVE, HOUR - FIVE, HOUR, HOUR + FIVE]) found.push(await asked(after));
    assert.deepEqual(found, [0, 1, 0, 0, 1, 0]);
    service = await bench.serve(FILTERS, {
      LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`,
      CATCH_UP_HOURS: '0',
      RECOUNT: 'off',
    });
    assert.equal(await asked(6 * HOUR), 0);
    assert.deepEqual((await service.post()).body.corrections, undefined);
  });

  it('leave alone what a filter counted when it was another one, and say so', async () => {
    await open();
    bench.sandbox.world.addEvents([...events('web', 20), ...events('api', 5)]);
    await tick(0);
    service = await bench.serve([{ name: 'shop', projects: ['web', 'api'], levels: ['error'] }, FILTERS[1]!], {
      LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`,
    });
    bench.sandbox.world.addEvents(events('web', 7, 9 * 60_000));
    assert.deepEqual((await tick(TEN)).corrections, []);
    assert.deepEqual(
      service.log
        .filter(({ msg }) => msg === 'not counted again: these filters count something else now')
        .map(({ filters }) => filters),
      [['shop']],
    );
    assert.deepEqual((await tick(TEN + FIVE)).corrections, []);
    assert.deepEqual(
      service.log.filter(({ msg }) => String(msg).startsWith('not counted again')).length,
      1,
      'said once',
    );
  });

  it('show how many events come late, by filter and stage, in answer and log', async () => {
    await open({ RECOUNT: '10m,1h' });
    bench.sandbox.world.addEvents([
      ...events('web', 15),
      ...events('web', 3, 9 * 60_000),
      ...events('web', 2, 40 * 60_000),
      ...events('api', 5),
    ]);
    for (const after of [0, TEN]) await tick(after);
    const { late } = await tick(HOUR);
    assert.deepEqual(late, [
      { after: '10m', filter: 'api', windows: 2, events: 5, late: 0, share: 0 },
      { after: '1h', filter: 'api', windows: 1, events: 5, late: 0, share: 0 },
      { after: '10m', filter: 'shop', windows: 2, events: 23, late: 3, share: 0.1304 },
      { after: '1h', filter: 'shop', windows: 1, events: 25, late: 5, share: 0.2 },
    ]);
    assert.deepEqual(service.log.findLast(({ msg }) => msg === 'late events')?.['late'], [
      { filter: 'shop', after: '10m', windows: 2, share: 0.1304 },
      { filter: 'shop', after: '1h', windows: 1, share: 0.2 },
    ]);
    assert.deepEqual(
      service.log
        .filter(({ msg }) => msg === 'corrected')
        .map(({ report, revision, from, to, sinks }) => [report, revision, from, to, sinks]),
      [
        ['shop@2026-11-20T10:00:00.000Z', 1, 20, 23, { newrelic: 'sent' }],
        ['shop@2026-11-20T10:00:00.000Z', 2, 23, 25, { newrelic: 'sent' }],
      ],
    );
  });

  it('are counted in the heartbeat and the metrics, beside what is behind', async () => {
    await open({ CATCH_UP_HOURS: '23', RECOUNT: '10m,20m' });
    bench.sandbox.world.addEvents([
      ...events('web', 20),
      ...events('web', 3, 9 * 60_000),
      ...events('api', 5),
      ...events('api', 1, 9 * 60_000),
    ]);
    const beats = (): Json[] =>
      bench.sandbox.world.received.newrelic.events
        .filter(({ record }) => record['eventType'] === 'SentryMonitorRun')
        .map(({ record: { corrections, behind } }) => [corrections, behind]);
    const metrics = async (): Promise<readonly string[]> =>
      (await (await fetch(`${service.url}/metrics`, { headers: { connection: 'close' } })).text())
        .split('\n')
        .filter((line) => /^sentry_monitor_(corrections_total|windows_behind)/.test(line))
        .toSorted();
    const after: Json[] = [];
    for (const [count, ms] of [0, FIVE, TEN].entries()) {
      if (ms === FIVE) bench.sandbox.world.faults.add({ vendor: 'anodot', kind: 'status', status: 403, times: 0 });
      bench.clock.advance(NOW + ms - bench.clock.now());
      await service.post();
      await until('its heartbeat', () => beats().length === count + 1);
      after.push([beats().at(-1), await metrics()]);
    }
    const [behind, corrections] = [
      (count: number): string => `sentry_monitor_windows_behind ${count}`,
      (count: number): readonly string[] => [
        `sentry_monitor_corrections_total{sink="anodot"} 0`,
        `sentry_monitor_corrections_total{sink="newrelic"} ${count}`,
      ],
    ];
    assert.deepEqual(
      after,
      [
        [
          [0, 0],
          [...corrections(0), behind(0)],
        ],
        [
          [0, 0],
          [...corrections(0), behind(0)],
        ],
        [
          [2, 1],
          [...corrections(2), behind(1)],
        ],
      ],
      'one of the window before waits for Anodot',
    );
  });

  it('are counted page by page where the server has no table', async () => {
    bench.sandbox.world.setFlavour('glitchtip');
    await open({ SENTRY_PAGES_PER_SECOND: '0' });
    bench.sandbox.world.addEvents([...events('web', 20), ...events('web', 3, 9 * 60_000), ...events('api', 5)]);
    for (const after of [0, TEN]) await tick(after);
    assert.deepEqual(
      counts('filter_count', 'shop').map(([revision, value]: Json) => [revision, value]),
      [
        [0, 25],
        [1, 28],
      ],
    );
  });

  it('show their count where a window is asked for again', async () => {
    await open();
    bench.sandbox.world.addEvents([...events('web', 20), ...events('web', 3, 9 * 60_000), ...events('api', 5)]);
    for (const after of [0, TEN]) await tick(after);
    const { body } = await service.post('?end=2026-11-20T10:05:00Z');
    assert.deepEqual(
      [body.reports[0].revision, body.reports[0].totals],
      [
        1,
        [
          { project: 'web', events: 23, issues: 1, users: 20 },
          { project: 'api', events: 5, issues: 1, users: 5 },
        ],
      ],
    );
    assert.equal(body.corrections, undefined, 'only the plain run counts again');
  });
});

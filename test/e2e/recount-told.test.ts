import assert from 'node:assert/strict';
import { NOW } from '../support/e2e/bench.ts';
import { until } from '../support/time/until.ts';
import type { Json } from '../support/e2e/json.ts';
import { events, FILTERS, openRecountBench, type RecountBench } from '../support/recount/bench.ts';

const FIVE = 300_000;
const [TEN, HOUR] = [600_000, 3_600_000];

describe('windows counted again: what is sent, asked and told', () => {
  let bench: RecountBench;

  beforeEach(async () => (bench = await openRecountBench()));
  afterEach(() => bench.close());

  it('send what a sink did not take once it takes it, and each difference once', async () => {
    await bench.start({ RECOUNT_SINKS: 'newrelic,anodot', RECOUNT: '10m,20m,30m' });
    bench.sandbox.world.addEvents([
      ...events('web', 20),
      ...events('web', 3, 9 * 60_000),
      ...events('web', 4, 19 * 60_000),
      ...events('web', 5, 29 * 60_000),
      ...events('api', 1),
    ]);
    await bench.tick(0);
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
    } = await bench.tick(TEN);
    assert.deepEqual(
      [failed.from, failed.to, failed.sinks.newrelic.status, failed.sinks.anodot.status],
      [21, 24, 'failed', 'failed'],
    );
    bench.sandbox.world.faults.clear();
    bench.sandbox.world.faults.add({ vendor: 'anodot', kind: 'stored-no-answer', match: '"value":4' });
    const { corrections } = await bench.tick(2 * TEN);
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
    await bench.tick(3 * TEN);
    assert.deepEqual(bench.samples('shop', 'web'), [20, 3, 4, 5]);
    assert.deepEqual(bench.values('event_count', 'shop', 'web'), [
      [0, 20],
      [1, 23],
      [2, 27],
      [3, 32],
    ]);
  });

  it('say that a window is too old for a sink, and do not send it', async () => {
    await bench.start();
    bench.sandbox.world.addEvents([...events('web', 20), ...events('web', 3, 20 * HOUR), ...events('api', 5)]);
    await bench.tick(0);
    const { corrections } = await bench.tick(23 * HOUR + 11 * FIVE);
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
    assert.deepEqual((await bench.tick(23 * HOUR + 12 * FIVE)).corrections, [], 'said once');
    assert.deepEqual(bench.counts('filter_count', 'shop').length, 1);
  });

  it('cost one request for each window and all filters that differ in projects only, only when they are due, and none when they are off', async () => {
    await bench.start();
    bench.sandbox.world.addEvents([...events('web', 20), ...events('api', 5)]);
    await bench.tick(0);
    const asked = async (after: number): Promise<number> => {
      const seen = bench.sandbox.world.requests.all().length;
      await bench.tick(after);
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
    await bench.start({ RECOUNT: 'off' });
    assert.equal(await asked(6 * HOUR), 0);
    assert.deepEqual((await bench.service.post()).body.corrections, undefined);
  });

  it('leave alone what a filter counted when it was another one, and say so', async () => {
    await bench.start();
    bench.sandbox.world.addEvents([...events('web', 20), ...events('api', 5)]);
    await bench.tick(0);
    await bench.start({}, [{ name: 'shop', projects: ['web', 'api'], levels: ['error'] }, FILTERS[1]!]);
    bench.sandbox.world.addEvents(events('web', 7, 9 * 60_000));
    assert.deepEqual((await bench.tick(TEN)).corrections, []);
    assert.deepEqual(
      bench.service.log
        .filter(({ msg }) => msg === 'not counted again: these filters count something else now')
        .map(({ filters }) => filters),
      [['shop']],
    );
    assert.deepEqual((await bench.tick(TEN + FIVE)).corrections, []);
    assert.deepEqual(
      bench.service.log.filter(({ msg }) => String(msg).startsWith('not counted again')).length,
      1,
      'said once',
    );
  });

  it('show how many events come late, by filter and stage, in answer and log', async () => {
    await bench.start({ RECOUNT: '10m,1h' });
    bench.sandbox.world.addEvents([
      ...events('web', 15),
      ...events('web', 3, 9 * 60_000),
      ...events('web', 2, 40 * 60_000),
      ...events('api', 5),
    ]);
    for (const after of [0, TEN]) await bench.tick(after);
    const { late } = await bench.tick(HOUR);
    assert.deepEqual(late, [
      { after: '10m', filter: 'api', windows: 2, events: 5, late: 0, share: 0 },
      { after: '1h', filter: 'api', windows: 1, events: 5, late: 0, share: 0 },
      { after: '10m', filter: 'shop', windows: 2, events: 23, late: 3, share: 0.1304 },
      { after: '1h', filter: 'shop', windows: 1, events: 25, late: 5, share: 0.2 },
    ]);
    assert.deepEqual(bench.service.log.findLast(({ msg }) => msg === 'late events')?.['late'], [
      { filter: 'shop', after: '10m', windows: 2, share: 0.1304 },
      { filter: 'shop', after: '1h', windows: 1, share: 0.2 },
    ]);
    assert.deepEqual(
      bench.service.log
        .filter(({ msg }) => msg === 'corrected')
        .map(({ report, revision, from, to, sinks }) => [report, revision, from, to, sinks]),
      [
        ['shop@2026-11-20T10:00:00.000Z', 1, 20, 23, { newrelic: 'sent' }],
        ['shop@2026-11-20T10:00:00.000Z', 2, 23, 25, { newrelic: 'sent' }],
      ],
    );
  });

  it('are counted in the run event and the metrics, beside what is behind', async () => {
    await bench.start({ CATCH_UP_HOURS: '23', RECOUNT: '10m,20m' });
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
      (await (await fetch(`${bench.service.url}/metrics`, { headers: { connection: 'close' } })).text())
        .split('\n')
        .filter((line) => /^sentry_monitor_(corrections_total|windows_behind)/.test(line))
        .toSorted();
    const after: Json[] = [];
    for (const [count, ms] of [0, FIVE, TEN].entries()) {
      if (ms === FIVE) bench.sandbox.world.faults.add({ vendor: 'anodot', kind: 'status', status: 403, times: 0 });
      bench.clock.advance(NOW + ms - bench.clock.now());
      await bench.service.post();
      await until('its run event', () => beats().length === count + 1);
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
});

import assert from 'node:assert/strict';
import { START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import { taken } from '../support/e2e/received-records.ts';
import { events, openRecountBench, type RecountBench } from '../support/recount/bench.ts';

const FIVE = 300_000;
const [TEN, HOUR] = [600_000, 3_600_000];

describe('windows counted again', () => {
  let bench: RecountBench;

  beforeEach(async () => (bench = await openRecountBench()));
  afterEach(() => bench.close());

  it('tell New Relic the higher count once, under a higher revision, and Anodot nothing unless it is asked for', async () => {
    await bench.start();
    bench.sandbox.world.addEvents([...events('web', 20), ...events('web', 3, 9 * 60_000), ...events('api', 5)]);
    const first = await bench.tick(0);
    assert.deepEqual(first.corrections, []);
    const second = await bench.tick(TEN);
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
          newrelic: { status: 'sent', accepted: 2, refused: [], uncertain: 0, failed: 0, refs: bench.receipts(1) },
        },
      },
    ]);
    assert.deepEqual((await bench.tick(TEN + FIVE)).corrections, [], 'told once');
    assert.deepEqual(bench.counts('event_count', 'shop', 'web'), [
      [0, 20, 20],
      [1, 23, 20],
    ]);
    assert.deepEqual(bench.counts('event_count', 'shop', 'api'), [[0, 5, 5]], 'what did not grow is not told again');
    assert.deepEqual(bench.counts('filter_count', 'shop'), [
      [0, 25, undefined],
      [1, 28, undefined],
    ]);
    assert.deepEqual([bench.samples('shop', 'web'), bench.samples('shop', 'api')], [[20], [5]]);
  });

  it('give Anodot, when it is asked for, what came late as further samples: their sum is the truth', async () => {
    await bench.start({ RECOUNT_SINKS: 'newrelic,anodot', RECOUNT: '10m,1h' });
    bench.sandbox.world.addEvents([
      ...events('web', 20),
      ...events('web', 3, 9 * 60_000),
      ...events('web', 4, 40 * 60_000),
      ...events('api', 5),
      ...events('api', 1, 50 * 60_000),
    ]);
    for (const after of [0, TEN, HOUR]) await bench.tick(after);
    assert.deepEqual(
      [bench.samples('shop', 'web'), bench.samples('shop', 'api')],
      [
        [20, 3, 4],
        [5, 1],
      ],
    );
    assert.deepEqual(
      [bench.values('event_count', 'shop', 'web'), bench.values('event_count', 'shop', 'api')],
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
    assert.deepEqual(bench.values('event_count', 'api', 'api'), [
      [0, 5],
      [2, 6],
    ]);
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

  it('fill in a project that could not be read at first', async () => {
    await bench.start({ RECOUNT_SINKS: 'newrelic,anodot' });
    bench.sandbox.world.addEvents([...events('web', 20), ...events('api', 5)]);
    bench.sandbox.world.forbidProject('api');
    bench.clock.advance(0);
    const first = (await bench.service.post()).body;
    assert.deepEqual(
      first.reports[0].totals.map(({ project, events: count }: Json) => [project, count]),
      [['web', 20]],
    );
    bench.sandbox.world.allowProject('api');
    const { corrections } = await bench.tick(TEN);
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
    assert.deepEqual(bench.samples('shop', 'api'), [5]);
  });

  it('are counted page by page where the server has no table', async () => {
    bench.sandbox.world.setFlavour('glitchtip');
    await bench.start({ SENTRY_PAGES_PER_SECOND: '0' });
    bench.sandbox.world.addEvents([...events('web', 20), ...events('web', 3, 9 * 60_000), ...events('api', 5)]);
    for (const after of [0, TEN]) await bench.tick(after);
    assert.deepEqual(bench.values('filter_count', 'shop'), [
      [0, 25],
      [1, 28],
    ]);
  });

  it('show their count where a window is asked for again', async () => {
    await bench.start();
    bench.sandbox.world.addEvents([...events('web', 20), ...events('web', 3, 9 * 60_000), ...events('api', 5)]);
    for (const after of [0, TEN]) await bench.tick(after);
    const { body } = await bench.service.post('?end=2026-11-20T10:05:00Z');
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

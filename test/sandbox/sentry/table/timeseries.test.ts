import assert from 'node:assert/strict';
import type { Sandbox } from '../../../../sandbox/index.ts';
import { type Answered, at, box, sentry, TEN } from '../../support.ts';

const FIVE = 300_000;

describe('sandbox: time series of events', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
    sandbox.world.addProject({ slug: 'web', id: 101 });
    sandbox.world.addProject({ slug: 'api', id: 102 });
    sandbox.world.addEvents([
      at(-600, { project: 'web', issue: 1, title: 'A: one', repeat: 3 }),
      at(-301, { project: 'web', issue: 1, user: 'id:1', repeat: 2 }),
      at(-300, { project: 'web', issue: 1, user: 'id:2' }),
      at(0, { project: 'api', issue: 2, title: 'B: two', environment: 'production', repeat: 7 }),
      at(299, { project: 'web', issue: 1 }),
    ]);
  });
  afterEach(() => sandbox.close());

  const series = (query: string): Promise<Answered> =>
    sentry(
      sandbox,
      `organizations/acme/events-timeseries/?dataset=errors&start=2026-11-20T09:50:00&end=2026-11-20T10:05:00${query.includes('project=') ? '' : '&project=-1'}&${query}`,
    );
  const values = (answer: Answered): readonly (readonly [number, number])[] =>
    answer.body.timeSeries[0].values.map(({ timestamp, value }: { timestamp: number; value: number }) => [
      timestamp - TEN,
      value,
    ]);

  it('has a value for every bucket, zeros included, half-open, in milliseconds', async () => {
    const answer = await series('interval=5m&yAxis=count()&query=message:one');
    assert.deepEqual(answer.body, {
      timeSeries: [
        {
          values: [
            [-2, 3],
            [-1, 0],
            [0, 0],
          ].map(([step, value]) => ({ timestamp: TEN + step! * FIVE, value, incomplete: false })),
          yAxis: 'count()',
          meta: { valueUnit: null, valueType: 'integer', interval: FIVE, order: 0, isOther: false },
        },
      ],
      meta: { dataset: 'errors', start: TEN - 2 * FIVE, end: TEN + FIVE },
    });
    assert.deepEqual(values(await series('interval=5m')), [
      [-2 * FIVE, 5],
      [-FIVE, 1],
      [0, 8],
    ]);
  });

  it('counts what the table counts: projects, environments, search, several axes', async () => {
    assert.deepEqual(
      values(await series('interval=5m&project=102')).map(([, value]) => value),
      [0, 0, 7],
    );
    assert.deepEqual(
      values(await series('interval=5m&environment=production')).map(([, value]) => value),
      [0, 0, 7],
    );
    const { body } = await series('interval=5m&yAxis=count()&yAxis=count_unique(user)&query=issue.id:1');
    assert.deepEqual(
      body.timeSeries.map(
        ({ yAxis, meta, values: all }: { yAxis: string; meta: { order: number }; values: { value: number }[] }) => [
          yAxis,
          meta.order,
          all.map(({ value }) => value),
        ],
      ),
      [
        ['count()', 0, [5, 1, 1]],
        ['count_unique(user)', 1, [1, 1, 0]],
      ],
    );
  });

  it('lies on the grid of the interval; what is no interval becomes one without a word', async () => {
    assert.deepEqual(values(await series('interval=1m')).length, 15);
    for (const interval of ['', 'interval=', 'interval=5', 'interval=often', 'interval=1h']) {
      const { body } = await series(interval);
      assert.equal(body.timeSeries[0].meta.interval, FIVE, interval);
    }
    const { body } = await sentry(
      sandbox,
      'organizations/acme/events-timeseries/?dataset=errors&project=-1&interval=5m&start=2026-11-20T09:52:00&end=2026-11-20T10:03:00',
    );
    assert.deepEqual(
      body.timeSeries[0].values.map(({ timestamp }: { timestamp: number }) => timestamp - TEN),
      [-2 * FIVE, -FIVE, 0],
    );
  });

  it('says which buckets are not whole yet: those that ended within a minute and a half', async () => {
    const marks = async (now: number): Promise<unknown> => {
      sandbox.world.clock.set(now);
      return (await series('interval=5m')).body.timeSeries[0].values.map(
        ({ incomplete, incompleteReason }: { incomplete: boolean; incompleteReason?: string }) =>
          incompleteReason ?? incomplete,
      );
    };
    assert.deepEqual(await marks(TEN + FIVE + 90_001), [false, false, false]);
    assert.deepEqual(await marks(TEN + FIVE + 90_000), [false, false, 'INCOMPLETE_BUCKET']);
    assert.deepEqual(await marks(TEN + 30_000), [false, 'INCOMPLETE_BUCKET', 'INCOMPLETE_BUCKET']);
  });

  it('refuses what the newest Sentry refuses', async () => {
    const status = async (query: string): Promise<number> =>
      (await sentry(sandbox, `organizations/acme/events-timeseries/?${query}`)).status;
    const right = 'dataset=errors&start=2026-11-20T09:50:00&end=2026-11-20T10:05:00';
    assert.deepEqual(
      await Promise.all([
        status(right),
        status(`${right}&project=999`),
        status(`${right}&project=-1&environment=none`),
        status(`${right}&project=-1&yAxis=often()`),
        status(right.replace('dataset=errors&', '')),
        status(`${right}&project=-1&topEvents=5`),
        status(`${right}&project=-1&query=(`),
      ]),
      [200, 403, 404, 400, 400, 400, 400],
    );
    assert.deepEqual(
      (await sentry(sandbox, `organizations/acme/events-timeseries/?${right}`)).body,
      { timeSeries: [] },
      'no project, nothing to show',
    );
  });

  for (const [flavour, release] of [
    ['glitchtip', undefined],
    ['sentry-2019', '10.x'],
    ['sentry-2019', '9.x'],
  ] as const) {
    it(`is not there in ${flavour} ${release ?? ''}`, async () => {
      sandbox.world.setFlavour(flavour);
      if (release !== undefined) sandbox.world.settings.oldRelease = release;
      assert.equal((await series('interval=5m')).status, 404);
    });
  }
});

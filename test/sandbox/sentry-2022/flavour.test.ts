import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { at, box, idsOf, id, rawEvents, sentry, TEN, WINDOW } from '../support.ts';

const TABLE = `organizations/acme/events/?${WINDOW}&project=-1&field=event.type&field=count()&sort=event.type`;

describe('sandbox: Sentry of 2022', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box({ flavour: 'sentry-2022' });
    sandbox.world.addProject({ slug: 'web', id: 101 });
    sandbox.world.addEvents([
      at(1, { project: 'web', issue: 7, id: id('a') }),
      at(2, { project: 'web', type: 'transaction', repeat: 3 }),
      at(-900, { project: 'web', issue: 7, id: id('b') }),
    ]);
  });
  afterEach(() => sandbox.close());

  const rows = async (query: string): Promise<unknown[]> => {
    const { status, body } = await sentry(sandbox, `${TABLE}&${query}`);
    return [status, body.data?.map((row: Record<string, unknown>) => [row['event.type'], row['count()']])];
  };

  it('refuses a dataset of errors with a list of those it has', async () => {
    const { status, body } = await sentry(sandbox, `${TABLE}&dataset=errors`);
    assert.deepEqual(
      [status, body.detail],
      [400, 'dataset must be one of: discover, metricsEnhanced, metrics, profiles, issuePlatform'],
    );
  });

  it('or looks at no dataset at all: transactions are counted, and `meta` names no dataset', async () => {
    sandbox.world.settings.unknownDataset = 'ignored';
    const mixed = [
      ['error', 1],
      ['transaction', 3],
    ];
    assert.deepEqual(await rows('dataset=errors'), [200, mixed]);
    assert.deepEqual(await rows('dataset=errors&query=!event.type:transaction'), [200, [['error', 1]]]);
    const { body } = await sentry(sandbox, `${TABLE}&dataset=errors`);
    assert.deepEqual(Object.keys(body.meta).toSorted(), [
      'fields',
      'isMetricsData',
      'isMetricsExtractedData',
      'tips',
      'units',
    ]);
  });

  it('lists errors whatever the dates say, and has no time series', async () => {
    assert.deepEqual(idsOf((await rawEvents(sandbox, 'web', WINDOW)).body), [id('a'), id('b')]);
    assert.equal((await sentry(sandbox, 'organizations/acme/events-timeseries/?dataset=errors')).status, 404);
  });

  it('the newest one counts and lists no transactions, and no truth holds any', async () => {
    sandbox.world.setFlavour('sentry');
    assert.deepEqual(await rows('dataset=errors'), [200, [['error', 1]]]);
    assert.equal(sandbox.world.truth({ start: TEN, end: TEN + 300_000 }).total.events, 1);
    assert.equal((await rawEvents(sandbox, 'web')).body.length, 2);
  });
});

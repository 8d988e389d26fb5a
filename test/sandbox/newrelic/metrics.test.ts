import assert from 'node:assert/strict';
import { deflateSync, gzipSync } from 'node:zlib';
import type { Sandbox } from '../../../sandbox/index.ts';
import { ask, box, NOW, post, postMetrics, TEN } from '../support.ts';
import { chunked } from './chunked.ts';

const DAY = 86_400_000;
const SECONDS = TEN / 1000;

describe('sandbox: New Relic metrics', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
  });
  afterEach(() => sandbox.close());

  const gauge = {
    name: 'sentry.events',
    type: 'gauge',
    value: 0,
    timestamp: TEN,
    'interval.ms': 300_000,
    attributes: { project: 'web' },
  };

  it('are stored over their common block', async () => {
    const common = { timestamp: SECONDS, 'interval.ms': 300_000, attributes: { org: 'acme', project: 'none' } };
    const { status, body } = await postMetrics(sandbox, [
      { common, metrics: [{ name: 'n', value: 1, attributes: { project: 'web' } }, gauge] },
    ]);
    assert.equal(status, 202);
    const [first, second] = sandbox.world.received.newrelic.metrics;
    assert.equal(first?.requestId, body.requestId);
    assert.equal(first?.timestamp, TEN);
    assert.deepEqual(first?.record, {
      type: 'gauge',
      timestamp: SECONDS,
      'interval.ms': 300_000,
      name: 'n',
      value: 1,
      attributes: { org: 'acme', project: 'web' },
    });
    assert.equal(second?.timestamp, TEN);
  });

  it('read micro- and nanoseconds', async () => {
    await postMetrics(sandbox, [
      {
        metrics: [
          { ...gauge, timestamp: TEN * 1000 },
          { ...gauge, timestamp: TEN * 1_000_000 },
        ],
      },
    ]);
    assert.deepEqual(
      sandbox.world.received.newrelic.metrics.map((one) => one.timestamp),
      [TEN, TEN],
    );
  });

  it('are refused at once for key, path, method, type, encoding, structure and size', async () => {
    const body = [{ metrics: [gauge] }];
    assert.equal((await post(`${sandbox.url}/metric/v1`, body)).status, 403);
    assert.equal((await post(`${sandbox.url}/metric/v1/`, body, { 'api-key': sandbox.keys.newRelicKey })).status, 404);
    assert.equal((await ask(`${sandbox.url}/metric/v1`)).status, 405);
    assert.equal((await postMetrics(sandbox, body, { 'content-type': 'text/plain' })).status, 415);
    assert.equal(
      (await postMetrics(sandbox, deflateSync(JSON.stringify(body)), { 'content-encoding': 'deflate' })).status,
      415,
    );
    assert.equal(
      (await postMetrics(sandbox, gzipSync(JSON.stringify(body)), { 'content-encoding': 'gzip' })).status,
      202,
    );
    assert.equal((await postMetrics(sandbox, { metrics: [gauge] })).status, 400);
    assert.equal((await postMetrics(sandbox, '[{')).status, 400);
    assert.equal((await postMetrics(sandbox, ' '.repeat(1_000_000))).status, 413);
    assert.equal(
      await chunked(`${sandbox.url}/metric/v1`, JSON.stringify(body), {
        'api-key': sandbox.keys.newRelicKey,
        'content-type': 'application/json',
      }),
      202,
    );
  });

  const DROPPED: ReadonlyArray<readonly [string, Record<string, unknown>, RegExp]> = [
    ['no name', { ...gauge, name: undefined }, /name is missing/],
    [
      'a count without interval',
      { ...gauge, type: 'count', 'interval.ms': undefined },
      /interval\.ms is required for count/,
    ],
    ['an unknown type', { ...gauge, type: 'histogram' }, /unknown type/],
    ['a text as value', { ...gauge, value: '3' }, /value is not a number/],
    ['half a summary', { ...gauge, type: 'summary', value: { count: 1 } }, /sum is not a number/],
    ['no timestamp', { ...gauge, timestamp: undefined }, /timestamp is missing/],
    ['an old timestamp', { ...gauge, timestamp: NOW - 2 * DAY - 1 }, /older than 48 hours/],
    ['a far timestamp', { ...gauge, timestamp: NOW + DAY + 1 }, /24 hours ahead/],
    ['a restricted key', { ...gauge, attributes: { count: 1 } }, /not allowed: count/],
    ['a hyphen in a key', { ...gauge, attributes: { 'a-b': 1 } }, /other characters/],
    ['an object as attribute', { ...gauge, attributes: { a: {} } }, /wrong type/],
    ['a long attribute', { ...gauge, attributes: { a: 'x'.repeat(4097) } }, /too long/],
    ['its own name as attribute', { ...gauge, attributes: { 'sentry.events': 1 } }, /also an attribute/],
  ];
  for (const [what, point, message] of DROPPED) {
    it(`with ${what} are dropped after the 202`, async () => {
      assert.equal((await postMetrics(sandbox, [{ metrics: [point, gauge] }])).status, 202);
      const { metrics, droppedMetrics } = sandbox.world.received.newrelic;
      assert.deepEqual(
        metrics.map((one) => one.index),
        [1],
      );
      assert.match(droppedMetrics[0]?.message ?? '', message);
    });
  }

  it('go down with their common block', async () => {
    await postMetrics(sandbox, [{ common: { attributes: { min: 1 } }, metrics: [gauge, gauge] }, { metrics: [gauge] }]);
    assert.equal(sandbox.world.received.newrelic.metrics.length, 1);
    assert.match(
      sandbox.world.received.newrelic.droppedMetrics[1]?.message ?? '',
      /^invalid common: attribute name is not allowed: min$/,
    );
  });
});

import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { anodotSeries, type Sandbox } from '../../../sandbox/index.ts';
import { box, type Json, NOW, post, postSamples, TEN } from '../support.ts';

const SECONDS = TEN / 1000;

describe('sandbox: Anodot', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
  });
  afterEach(() => sandbox.close());

  const properties = { what: 'sentry_events', project: 'web', target_type: 'counter' };
  const good = { properties, timestamp: SECONDS, value: 2 };

  it('accepts good samples, and none at all', async () => {
    const { status, body } = await postSamples(sandbox, [good, { ...good, tags: { service: ['x'] } }]);
    assert.deepEqual([status, body], [200, { errors: [] }]);
    assert.deepEqual((await postSamples(sandbox, [])).body, { errors: [] });
    assert.equal(sandbox.world.received.anodot.samples.length, 2);
  });

  it('refuses a wrong token, protocol, compression and more than 10,000 samples', async () => {
    const wrong = await post(`${sandbox.url}/api/v1/metrics?token=wrong&protocol=anodot20`, [good]);
    assert.deepEqual([wrong.status, wrong.body], [401, { errors: ['Data collection token is invalid'] }]);
    const code = async (answered: Promise<{ body: Json }>): Promise<unknown> => (await answered).body.errors[0].error;
    assert.equal(await code(post(`${sandbox.url}/api/v1/metrics?token=${sandbox.keys.anodotToken}`, [good])), '2029');
    assert.equal(
      await code(postSamples(sandbox, gzipSync(JSON.stringify([good])), { 'content-encoding': 'gzip' })),
      '1001',
    );
    assert.equal(await code(postSamples(sandbox, '[{')), '1001');
    assert.equal((await postSamples(sandbox, Array<unknown>(10_000).fill(good))).body.errors.length, 0);
    assert.equal((await postSamples(sandbox, Array<unknown>(10_001).fill(good))).status, 400);
    assert.equal(sandbox.world.received.anodot.samples.length, 10_000);
  });

  const wide = (n: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`p${String(i)}`, 'x']));
  const REFUSED: ReadonlyArray<readonly [string, string, unknown]> = [
    ['no properties', '2004', { ...good, properties: {} }],
    ['21 properties', '2005', { ...good, properties: { ...properties, ...wide(18) } }],
    ['an empty key', '2006', { ...good, properties: { ...properties, '': 'x' } }],
    ['a long key', '2007', { ...good, properties: { ...properties, ['k'.repeat(51)]: 'x' } }],
    ['an empty value', '2008', { ...good, properties: { ...properties, a: '' } }],
    ['a long value', '2009', { ...good, properties: { ...properties, a: 'x'.repeat(151) } }],
    ['a dot in a key', '2010', { ...good, properties: { ...properties, 'a.b': 'x' } }],
    ['a blank in a value', '2011', { ...good, properties: { ...properties, a: 'x y' } }],
    ['an equals sign', '2011', { ...good, properties: { ...properties, a: 'x=y' } }],
    ['an umlaut', '2011', { ...good, properties: { ...properties, a: 'ü' } }],
    ['no what', '2012', { ...good, properties: { project: 'web' } }],
    ['no timestamp', '2020', { ...good, timestamp: undefined }],
    ['a fraction of a second', '2021', { ...good, timestamp: SECONDS + 0.5 }],
    ['milliseconds', '2022', { ...good, timestamp: TEN }],
    ['over an hour ahead', '2022', { ...good, timestamp: NOW / 1000 + 3601 }],
    ['a negative timestamp', '2023', { ...good, timestamp: -1 }],
    ['no value', '2024', { ...good, value: null }],
    ['a text as value', '2025', { ...good, value: '2' }],
    ['an unknown target type', '2030', { ...good, properties: { ...properties, target_type: 'rate' } }],
  ];
  for (const [what, code, sample] of REFUSED) {
    it(`refuses a sample with ${what} as ${code}, inside a 200`, async () => {
      const { status, body } = await postSamples(sandbox, [good, sample]);
      assert.equal(status, 200);
      assert.deepEqual(
        body.errors.map((one: Json) => [one.index, one.error]),
        [['1', code]],
      );
      assert.equal(sandbox.world.received.anodot.samples.length, 1);
      assert.equal(sandbox.world.received.anodot.refused[0]?.code, Number(code));
    });
  }

  it('takes 20 properties, 1e999 is infinite, an hour ahead is good', async () => {
    assert.deepEqual(
      (
        await postSamples(sandbox, [
          { ...good, properties: { ...properties, ...wide(17) }, timestamp: NOW / 1000 + 3600 },
        ])
      ).body.errors,
      [],
    );
    const text = JSON.stringify([good]).replace('"value":2', '"value":1e999');
    assert.equal((await postSamples(sandbox, text)).body.errors[0].error, '2026');
  });

  it('writes codes as numbers when told so', async () => {
    sandbox.world.settings.anodotErrors = 'number';
    assert.deepEqual((await postSamples(sandbox, [{ ...good, value: null }])).body.errors, [
      { index: 0, error: 2024, description: 'Value is undefined' },
    ]);
  });

  it('shows counters as sums and gauges as averages per bucket', async () => {
    const level = { ...properties, target_type: 'gauge' };
    await postSamples(sandbox, [
      good,
      { ...good, timestamp: SECONDS + 299, value: 5 },
      { ...good, timestamp: SECONDS + 300, value: 1 },
      { properties: level, timestamp: SECONDS, value: 4 },
      { properties: { target_type: 'gauge', project: 'web', what: 'sentry_events' }, timestamp: SECONDS, value: 8 },
    ]);
    const points = anodotSeries(sandbox.world.received.anodot.samples).map((one) => [
      one.properties['target_type'],
      one.bucket - SECONDS,
      one.value,
      one.samples,
    ]);
    assert.deepEqual(points, [
      ['counter', 0, 7, 2],
      ['counter', 300, 1, 1],
      ['gauge', 0, 6, 2],
    ]);
  });
});

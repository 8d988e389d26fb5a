import assert from 'node:assert/strict';
import { deflateSync, gzipSync } from 'node:zlib';
import type { Sandbox } from '../../../sandbox/index.ts';
import { ask, box, NOW, post, postEvents, TEN } from '../support.ts';
import { chunked } from './chunked.ts';

const DAY = 86_400_000;
const SECONDS = TEN / 1000;

describe('sandbox: New Relic events', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
  });
  afterEach(() => sandbox.close());

  const url = (): string => `${sandbox.url}/v1/accounts/1234567/events`;
  const good = { eventType: 'SentryMonitoring', timestamp: TEN, project: 'web', value: 3 };

  it('are stored with the request id of the answer', async () => {
    const { status, body } = await postEvents(sandbox, [good, { ...good, timestamp: SECONDS, value: 4 }]);
    assert.equal(status, 200);
    assert.equal(body.success, true);
    assert.match(body.uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const { events, droppedEvents } = sandbox.world.received.newrelic;
    assert.deepEqual(
      events.map((one) => [one.requestId, one.index, one.timestamp, one.record['value']]),
      [
        [body.uuid, 0, TEN, 3],
        [body.uuid, 1, TEN, 4],
      ],
    );
    assert.deepEqual(droppedEvents, []);
  });

  it('may be one object, gzip or deflate', async () => {
    const text = JSON.stringify(good);
    assert.equal((await postEvents(sandbox, good)).status, 200);
    assert.equal((await postEvents(sandbox, gzipSync(text), { 'content-encoding': 'gzip' })).status, 200);
    assert.equal((await postEvents(sandbox, deflateSync(text), { 'content-encoding': 'deflate' })).status, 200);
    assert.equal(sandbox.world.received.newrelic.events.length, 3);
    assert.deepEqual(
      sandbox.world.received.newrelic.raw.map((one) => one.body),
      [text, text, text],
    );
  });

  it('are refused at once only for key, account, length, size, method and encoding', async () => {
    assert.equal((await post(url(), [good])).status, 403);
    assert.equal((await postEvents(sandbox, [good], { 'api-key': 'wrong' })).status, 403);
    assert.equal(
      (await post(`${sandbox.url}/v1/accounts/999/events`, [good], { 'api-key': sandbox.keys.newRelicKey })).status,
      403,
    );
    assert.equal((await postEvents(sandbox, '')).status, 400);
    assert.equal(await chunked(url(), JSON.stringify([good]), { 'api-key': sandbox.keys.newRelicKey }), 400);
    assert.equal((await ask(url())).status, 405);
    assert.equal((await postEvents(sandbox, [good], { 'content-encoding': 'br' })).status, 415);
    assert.equal((await postEvents(sandbox, 'x'.repeat(1_000_000))).status, 200);
    assert.equal((await postEvents(sandbox, 'x'.repeat(1_000_001))).status, 413);
    assert.equal(
      (await postEvents(sandbox, gzipSync('x'.repeat(1_000_001)), { 'content-encoding': 'gzip' })).status,
      413,
    );
    assert.equal(sandbox.world.received.newrelic.events.length, 0);
  });

  it('that are no JSON get 200 and are lost', async () => {
    assert.equal((await postEvents(sandbox, '[{"eventType":')).status, 200);
    assert.deepEqual(
      sandbox.world.received.newrelic.droppedEvents.map((one) => [one.index, one.message]),
      [[null, 'Error parsing JSON payload']],
    );
  });

  const many = (n: number): Record<string, unknown> =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`a${String(i)}`, 1]));
  const DROPPED: ReadonlyArray<readonly [string, Record<string, unknown>, RegExp]> = [
    ['no type', { value: 1 }, /missing required attributes `eventType`/],
    [
      'a dot in the type',
      { ...good, eventType: 'a.b' },
      /`eventType` cannot contain the following characters: `\[\., \\\]`/,
    ],
    ['a hyphen in the type', { ...good, eventType: 'a-b' }, /`eventType` has characters/],
    ['a prohibited type', { ...good, eventType: 'Metric1Minute' }, /prohibited/],
    ['another prohibited type', { ...good, eventType: 'Public_x' }, /prohibited/],
    ['a long value', { ...good, message: 'x'.repeat(4097) }, /attribute value exceeded maximum length/],
    ['a long name', { ...good, ['x'.repeat(256)]: 1 }, /attribute name exceeded maximum length/],
    ['an empty name', { ...good, '': 1 }, /missing attribute name/],
    ['255 attributes', { eventType: 'X', ...many(254) }, /maximum number of attributes/],
    ['an object', { ...good, window: { start: 1 } }, /`window` is neither a string nor a number/],
    ['a boolean', { ...good, complete: true }, /`complete` is neither/],
    ['a text as appId', { ...good, appId: 'x' }, /`appId` was not an integer/],
  ];
  for (const [what, event, message] of DROPPED) {
    it(`with ${what} are dropped after the 200, the rest is kept`, async () => {
      assert.equal((await postEvents(sandbox, [good, event, good])).status, 200);
      const { events, droppedEvents } = sandbox.world.received.newrelic;
      assert.deepEqual(
        events.map((one) => one.index),
        [0, 2],
      );
      assert.equal(droppedEvents.length, 1);
      assert.equal(droppedEvents[0]?.index, 1);
      assert.match(droppedEvents[0]?.message ?? '', message);
    });
  }

  it('keep what is just within the limits', async () => {
    await postEvents(sandbox, [
      { ...good, message: 'x'.repeat(4096) },
      { eventType: 'X', ...many(253) },
      { ...good, ['x'.repeat(255)]: 1 },
    ]);
    assert.equal(sandbox.world.received.newrelic.events.length, 3);
  });

  it('lose only the attribute when it is null, reserved or oddly named', async () => {
    await postEvents(sandbox, [{ ...good, gone: null, accountId: 5, 'label-x': 'y', 'label.x': 'z' }]);
    const [event] = sandbox.world.received.newrelic.events;
    assert.deepEqual(event?.record, { ...good, 'label.x': 'z' });
    assert.equal(event?.notes.length, 3);
  });

  it('get the arrival time for a decimal or a day-old timestamp', async () => {
    const stamps = [TEN + 0.5, NOW - DAY - 1, NOW - DAY, NOW + DAY + 1, '2026'];
    await postEvents(
      sandbox,
      stamps.map((timestamp) => ({ ...good, timestamp })),
    );
    assert.deepEqual(
      sandbox.world.received.newrelic.events.map((one) => one.timestamp),
      [NOW, NOW, NOW - DAY, NOW, NOW],
    );
  });
});

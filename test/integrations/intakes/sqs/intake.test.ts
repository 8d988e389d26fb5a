import assert from 'node:assert/strict';
import { type AwsDouble, startAws } from '../../../../sandbox/aws/server.ts';
import type { Intake } from '../../../../src/core/ports/events/intake.ts';
import { createSqs, type Settings } from '../../../../src/integrations/intakes/sqs/intake.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { type BookStore, createBookStore } from '../../../support/intakes/book-store.ts';
import { sentryEvent } from '../../../support/intakes/sentry-event.ts';
import { until } from '../../../support/time/until.ts';
import { createClock, NOW } from '../../../support/time/clock.ts';

const SECRET = 'acmeSecretacmeSecretacmeSecretacmeSecret';
const KEYS = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME', AWS_SECRET_ACCESS_KEY: SECRET };

describe('the intake of a queue', () => {
  const clock = createClock((ms) => ms === 60_000);
  let aws: AwsDouble;
  let store: BookStore;

  const sleep = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await new Promise((done) => void setImmediate(done));
  };
  before(async () => {
    Object.assign(process.env, KEYS);
    aws = await startAws({ now: clock.now, sleep });
  });
  beforeEach(() => {
    store = createBookStore();
    aws.queue('errors').release();
    for (const { handle } of aws.queue('errors').receive(10_000, 0)) aws.queue('errors').delete(handle);
    aws.objects.clear();
    aws.faults.length = 0;
    aws.asked.length = 0;
  });
  after(async () => {
    for (const name of Object.keys(KEYS)) delete process.env[name];
    await aws.close();
  });

  const create = (given: Partial<Settings> = {}): Intake =>
    createSqs(
      { queue: aws.addressOf('errors'), buckets: undefined, create: false, tries: 3, ...given },
      depsOf(clock, [SECRET]),
      'shop',
    );
  const scopeNow = (signal?: AbortSignal) =>
    scopeOf({ deadline: clock.now() + 3_600_000, ...(signal === undefined ? {} : { signal }) });
  const take = (given: Partial<Settings> = {}, limit?: number) => create(given).take(store, { limit }, scopeNow());
  const put = (...bodies: readonly (object | string)[]): void => {
    for (const it of bodies) aws.queue('errors').send(typeof it === 'string' ? it : JSON.stringify(it));
  };
  const event = (n: number) => sentryEvent({ eventID: `e${n}`, groupID: 100 + (n % 7) });
  const left = () => aws.queue('errors').all().length;

  it('stores each event once, whatever is in it twice, keeps what is none as a reject, and leaves nothing', async () => {
    for (let n = 0; n < 250; n++) put(event(n));
    put(event(3), event(3), '{not json', sentryEvent({ groupID: null }), { Event: 's3:TestEvent' });
    const taken = await take();
    assert.deepEqual(taken, {
      ...{ read: 254, stored: 250, repeats: 2, rejects: 2, isDrained: true },
      issues: new Set(['100', '101', '102', '103', '104', '105', '106']),
    });
    assert.deepEqual([store.events.length, store.rejects.length, left()], [250, 2, 0]);
    assert.deepEqual(store.rejects.map(({ reason, text }) => [reason, text.slice(0, 5)]).toSorted(), [
      ['an event without groupID: it is of no issue', '{"eve'],
      ['no JSON', '{not '],
    ]);
    assert.ok(store.rejects.every(({ place }) => /^message [\w-]{36}$/.test(place)));
  });

  it('says how far it is read: to the begin of the first receive that came back empty', async () => {
    put(event(1));
    const before = clock.now();
    await take();
    const [move] = store.moves;
    assert.equal(store.moves.length, 1);
    assert.deepEqual([move!.name, move!.position], ['', null]);
    assert.ok(move!.watermark! >= before && move!.watermark! <= clock.now() - 2_000, String(move!.watermark! - before));
  });

  it('says since when it looks: since its oldest message was put in, or its first look', async () => {
    const began = clock.now();
    await take();
    assert.equal(store.moves[0]!.since, began);
    put(event(1));
    const oldest = clock.now();
    clock.advance(86_400_000);
    put(event(2), event(3));
    await take({}, 1);
    assert.equal(store.moves[1]!.since, oldest);
  });

  it('does not count what is no event towards its limit', async () => {
    put('{not json', sentryEvent({ groupID: null }), '[]', event(1), event(2), event(3));
    const { read, stored, rejects } = await take({}, 2);
    assert.deepEqual([read, stored, rejects, left()], [5, 2, 3, 1]);
  });

  it('reads no more than it is told to, and does not say then that it is through', async () => {
    for (let n = 0; n < 30; n++) put(event(n));
    const taken = await take({}, 12);
    const watermarks = store.moves.map(({ watermark }) => watermark);
    assert.deepEqual([taken.read, taken.isDrained, left(), watermarks], [12, false, 18, [null]]);
  });

  it('deletes what is stored, and only that: a queue whose store is away keeps all', async () => {
    put(event(1), event(2));
    const away = { ...store, add: () => Promise.reject(new Error('the ledger is away')) };
    await assert.rejects(create().take(away, {}, scopeNow()));
    assert.equal(left(), 2);
    assert.ok(!aws.asked.includes('DeleteMessageBatch'));
    await until('no receive of who has gone is left', () => aws.waiting() === 0);
    aws.queue('errors').release();
    assert.deepEqual([(await take()).stored, left()], [2, 0]);
  });

  it('asks again for what a batch did not delete', async () => {
    put(event(1), event(2), event(3));
    aws.faults.push({ action: 'DeleteMessageBatch', kind: 'partial' });
    await take();
    assert.equal(left(), 0);
    assert.equal(aws.asked.filter((it) => it === 'DeleteMessageBatch').length, 2);
  });

  it('takes a message that was not deleted for a repeat, and deletes it then', async () => {
    put(event(1));
    aws.faults.push(
      { action: 'DeleteMessageBatch', kind: 'partial' },
      { action: 'DeleteMessageBatch', kind: 'partial' },
    );
    const scope = scopeNow();
    await create().take(store, {}, scope);
    assert.deepEqual([left(), scope.log.texts()], [1, ['messages not deleted']]);
    aws.queue('errors').release();
    const again = await take();
    assert.deepEqual([again.stored, again.repeats, left(), store.events.length], [0, 1, 0, 1]);
  });

  it('leaves one message with a wrong checksum where it is, and takes the others of its receive', async () => {
    put(event(1), event(2), event(3));
    aws.faults.push({ action: 'ReceiveMessage', kind: 'checksum' });
    const scope = scopeNow();
    assert.equal((await create().take(store, {}, scope)).stored, 2);
    assert.deepEqual([left(), scope.log.texts()], [1, ['messages stay in the queue']]);
    aws.queue('errors').release();
    assert.deepEqual([(await take()).stored, left()], [1, 0]);
  });

  it('reads an event out of an object; one that is not there stays, and is a reject after some tries', async () => {
    aws.objects.set('acme-events/shop/e1', JSON.stringify(event(1)));
    put({ s3Url: `${aws.url}/acme-events/shop/e1`, eventID: 'e1' }, { s3Url: `${aws.url}/acme-events/shop/e2` });
    const counts: (readonly number[])[] = [];
    for (let n = 0; n < 3; n++) {
      const { read, stored, rejects } = await take({ tries: 3 });
      counts.push([read, stored, rejects, left()]);
      aws.queue('errors').release();
    }
    assert.deepEqual(counts, [
      [1, 1, 0, 1],
      [0, 0, 0, 1],
      [1, 0, 1, 0],
    ]);
    assert.match(store.rejects[0]!.reason, /^object shop\/e2 of bucket acme-events is not there$/);
  });

  it('reads no bucket but its own', async () => {
    aws.objects.set('acme-events/e1', JSON.stringify(event(1)));
    put({ s3Url: `${aws.url}/acme-events/e1` });
    assert.deepEqual([(await take({ buckets: ['acme-logs'] })).rejects, left()], [1, 0]);
    assert.ok(!aws.asked.includes('/acme-events/e1'));
  });

  it('says that there is no such queue, and makes it where that is wanted', async () => {
    const queue = aws.addressOf('none');
    await assert.rejects(
      take({ queue }),
      /^UpstreamError: shop: there is no such queue; make it, or write create: true/,
    );
    assert.deepEqual(await take({ queue, create: true }), {
      read: 0,
      stored: 0,
      repeats: 0,
      rejects: 0,
      issues: new Set(),
      isDrained: true,
    });
  });

  it('has nothing of its keys in what it says', async () => {
    for (let n = 0; n < 20; n++) aws.faults.push({ action: 'ReceiveMessage', kind: 'page' });
    const error = (await take().catch((it: unknown) => it)) as Error;
    assert.match(error.message, /^shop: no queue answers there/);
    assert.ok(!JSON.stringify({ ...error, text: error.stack }).includes(SECRET));
  });

  it('stores and deletes what it has when it is to end, and lets others have the rest', async () => {
    for (let n = 0; n < 40; n++) put(event(n));
    const stop = new AbortController();
    const ending: BookStore = {
      ...store,
      add: async (batch) => {
        stop.abort();
        return store.add(batch);
      },
    };
    const { isDrained, stored } = await create().take(ending, {}, scopeNow(stop.signal));
    assert.deepEqual([isDrained, stored, left()], [false, 40 - left(), 40 - stored]);
    assert.ok(store.moves.every(({ watermark }) => watermark === null));
    assert.ok(stored > 0);
  });

  it('begins no receive shortly before its time is over', async () => {
    put(event(1));
    const { isDrained, read } = await create().take(store, {}, scopeOf({ deadline: clock.now() + 1_500 }));
    assert.deepEqual([isDrained, read, left()], [false, 0, 1]);
    assert.ok(clock.now() >= NOW);
  });

  it('keeps messages from others as long as it works on them', async () => {
    put(event(1));
    let isHeld = false;
    const slow: BookStore = {
      ...store,
      add: async (batch) => {
        if (batch.events.length > 0) {
          clock.advance(60_000);
          for (let n = 0; n < 200 && !isHeld; n++) {
            isHeld = aws.asked.includes('ChangeMessageVisibilityBatch');
            await new Promise((done) => void setImmediate(done));
          }
        }
        return store.add(batch);
      },
    };
    await create().take(slow, {}, scopeNow());
    assert.deepEqual([isHeld, left()], [true, 0]);
  });
});

import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { type AwsDouble, startAws } from '../../../../sandbox/aws/server.ts';
import { createPapertrail } from '../../../../src/integrations/intakes/papertrail/intake.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { type BookStore, createBookStore } from '../../../support/intakes/book-store.ts';
import { LOG_SETTINGS } from '../../../support/logs/settings.ts';
import { createClock } from '../../../support/time/clock.ts';

const KEYS = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME',
  AWS_SECRET_ACCESS_KEY: 'acmeSecret12',
};
const HOUR = 'logs/dt=2026-11-20/2026-11-20-09.tsv.gz';
const ENCODED = 'logs/dt%3D2026-11-20/2026-11-20-09.tsv.gz';
const LINES = ['Traceback (most recent call last):', '  File "/srv/acme/shop.py", line 3, in buy', 'KeyError: no']
  .map(
    (text, n) =>
      `70059429793816577${n}\t2026-11-20T09:59:59\t2026-11-20T09:59:59\t4\ti-1\t192.0.2.1\tUser\tNotice\tshop\t${text}\n`,
  )
  .join('');

const record = (key: string, eventName = 'ObjectCreated:Put') => ({
  ...{ eventVersion: '2.1', eventName },
  s3: { bucket: { name: 'acme-logs' }, object: { key } },
});
const wrapped = (body: object) => ({
  Type: 'Notification',
  TopicArn: 'arn:aws:sns:eu-west-1:123456789012:logs',
  Message: JSON.stringify(body),
});

describe('archives that a queue names', () => {
  const clock = createClock((ms) => ms === 60_000);
  let aws: AwsDouble;
  let store: BookStore;
  before(async () => {
    Object.assign(process.env, KEYS);
    const sleep = async (ms: number): Promise<void> => {
      clock.advance(ms);
      await new Promise((done) => void setImmediate(done));
    };
    aws = await startAws({ now: clock.now, sleep });
    process.env['AWS_ENDPOINT_URL'] = aws.url;
  });
  after(async () => {
    for (const name of [...Object.keys(KEYS), 'AWS_ENDPOINT_URL']) delete process.env[name];
    await aws.close();
  });
  beforeEach(() => {
    store = createBookStore(clock.now);
    aws.queue('archives').release();
    for (const { handle } of aws.queue('archives').receive(10_000, 0)) aws.queue('archives').delete(handle);
    aws.objects.clear();
    aws.objects.set(`acme-logs/${HOUR}`, gzipSync(LINES));
  });

  const put = (...bodies: readonly (object | string)[]): void => {
    for (const it of bodies) aws.queue('archives').send(typeof it === 'string' ? it : JSON.stringify(it));
  };
  const left = (): number => aws.queue('archives').all().length;
  const look = (queue = aws.addressOf('archives'), into = store) => {
    const place = { bucket: 'acme-logs', prefix: 'logs' };
    const settings = {
      place,
      page: 'https://logs.example.com/{id}',
      queue,
      topic: undefined,
      token: undefined,
      ...LOG_SETTINGS,
    };
    return createPapertrail(settings, depsOf(clock), 'manager').take(
      into,
      {},
      scopeOf({ deadline: clock.now() + 3_600_000 }),
    );
  };

  for (const [name, body] of [
    ['a notification of S3', { Records: [record(ENCODED)] }],
    ['one in an envelope of SNS', wrapped({ Records: [record(ENCODED)] })],
    [
      'one with a removed object beside it',
      { Records: [record('logs/x.tsv.gz', 'ObjectRemoved:Delete'), record(ENCODED)] },
    ],
    ['a bucket and a key', { bucket: 'acme-logs', key: HOUR }],
  ] as const)
    it(`are read: ${name}`, async () => {
      put(body);
      const { stored, rejects, trouble } = await look();
      assert.deepEqual([stored, rejects, trouble, left()], [1, 0, undefined, 0]);
      assert.equal(store.events[0]!.id, '700594297938165772');
    });

  it('are not there in a test event, a removal and a folder: these leave the queue and mean nothing', async () => {
    put({ Event: 's3:TestEvent' }, wrapped({ Event: 's3:TestEvent' }), {
      Records: [record(HOUR, 's3:ObjectRemoved:Delete')],
    });
    put({ Records: [record('logs/')] });
    const { read, trouble } = await look();
    assert.deepEqual([read, trouble, left(), await store.objects.all('manager')], [0, undefined, 0, []]);
  });

  it('of another place, and what names none, are rejects and leave the queue', async () => {
    const other = { ...record(ENCODED), s3: { bucket: { name: 'acme-other' }, object: { key: ENCODED } } };
    put('{not json', '[1]', { Records: [{ s3: {} }] }, { Records: [other] }, wrapped(wrapped(wrapped(wrapped({})))));
    const { rejects, stored } = await look();
    assert.deepEqual([rejects, stored, left()], [5, 0, 0]);
    assert.deepEqual(store.rejects.map(({ reason }) => reason.slice(0, 40)).toSorted(), [
      's3://acme-other/logs/dt=2026-11-20/2026-',
      'the body is no object of JSON',
      'the body is no object of JSON',
      'the body is no object of JSON',
      'the body names no object; post { "bucket',
    ]);
  });

  it('leave the queue only when they are noted', async () => {
    put({ Records: [record(ENCODED)] });
    const objects = { ...store.objects, want: () => Promise.reject(new Error('the ledger is away')) };
    await look(undefined, { ...store, objects });
    assert.equal(left(), 1);
    clock.advance(120_000);
    assert.deepEqual([(await look()).stored, left()], [1, 0]);
  });

  it('are told twice and read again, and nothing is counted twice', async () => {
    put({ Records: [record(ENCODED)] });
    await look();
    put({ Records: [record(ENCODED), record(ENCODED)] });
    const { stored, repeats } = await look();
    assert.deepEqual([stored, repeats, store.events.length], [0, 1, 1]);
  });

  it('that are noted are read although the queue is away, and that is said', async () => {
    await store.objects.want('manager', [HOUR]);
    const { stored, trouble } = await look(aws.addressOf('none'));
    assert.deepEqual([stored, trouble], [1, 'queue: there is no such queue; make it']);
  });
});

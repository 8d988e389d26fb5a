import { LOG_SETTINGS } from '../../../support/logs/settings.ts';
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { type AwsDouble, startAws } from '../../../../sandbox/aws/server.ts';
import { createPapertrail } from '../../../../src/integrations/intakes/papertrail/intake.ts';
import type { IntakeOrder } from '../../../../src/core/ports/events/intake.ts';
import { depsOf, type TestDeps } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { type BookStore, createBookStore } from '../../../support/intakes/book-store.ts';

const KEYS = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME',
  AWS_SECRET_ACCESS_KEY: 'acmeSecret12',
};
const PAGE = 'https://logs.example.com/events?centered_on_id={id}';
const FIRST = 'logs/dt=2026-11-20/2026-11-20-09.tsv.gz';
const SECOND = 'logs/dt=2026-11-20/2026-11-20-10.tsv.gz';

let id = 700_594_297_938_165_000n;
const line = (message: string, machine = 'i-1'): string =>
  [
    ++id,
    '2026-11-20T09:59:59',
    '2026-11-20T09:59:59',
    '4',
    machine,
    '192.0.2.1',
    'User',
    'Notice',
    'shop',
    message,
  ].join('\t');
const crash = (type: string, machine?: string): readonly string[] =>
  ['Traceback (most recent call last):', '  File "/srv/acme/shop.py", line 3, in buy', '    pay()', `${type}: no`].map(
    (it) => line(it, machine),
  );
const packed = (...lines: readonly string[]): Buffer => gzipSync(lines.map((it) => `${it}\n`).join(''));

describe('archives of logs', () => {
  let aws: AwsDouble;
  let deps: TestDeps;
  let store: BookStore;
  before(async () => {
    aws = await startAws({ now: Date.now, sleep: () => new Promise((done) => void setImmediate(done)) });
    Object.assign(process.env, KEYS, { AWS_ENDPOINT_URL: aws.url });
  });
  after(async () => {
    for (const name of [...Object.keys(KEYS), 'AWS_ENDPOINT_URL']) delete process.env[name];
    await aws.close();
  });
  beforeEach(() => {
    deps = depsOf();
    store = createBookStore(deps.now);
    aws.objects.clear();
    aws.asked.length = 0;
  });

  const intake = () =>
    createPapertrail(
      {
        place: { bucket: 'acme-logs', prefix: 'logs' },
        page: PAGE,
        token: undefined,
        queue: undefined,
        topic: undefined,
        ...LOG_SETTINGS,
      },
      deps,
      'manager',
    );
  const put = (key: string, bytes: Uint8Array): void => void aws.objects.set(`acme-logs/${key}`, bytes);
  const ask = (body: unknown) => intake().ask({ body, isTrusted: true }, store, scopeOf());
  const look = (order: IntakeOrder = {}) => intake().take(store, order, scopeOf({ deadline: deps.now() + 3_600_000 }));
  const titles = (): readonly string[] => store.events.map(({ title }) => title);

  it('are read once they are posted, and their lines are known when they come again', async () => {
    put(
      FIRST,
      packed(line('one'), ...crash('KeyError'), line('nine columns').replace('\tshop', ''), ...crash('ValueError')),
    );
    assert.deepEqual(await ask({ bucket: 'acme-logs', key: FIRST }), { keys: [FIRST] });
    const { read, stored, rejects, trouble } = await look();
    assert.deepEqual([read, stored, rejects, trouble], [3, 2, 1, undefined]);
    assert.match(store.rejects[0]!.place, /^s3:\/\/acme-logs\/logs\/dt=2026-11-20\/2026-11-20-09\.tsv\.gz, byte \d+$/);
    await ask({ bucket: 'acme-logs', key: FIRST });
    const again = await look();
    assert.deepEqual([again.stored, again.repeats], [0, 2]);
    assert.deepEqual(titles(), ['KeyError: no', 'ValueError: no']);
    assert.ok(store.events.every((it) => /^7005942979381650\d\d$/.test(it.id)));
  });

  it('are complete from the first hour that was read to the end of the newest, but for those that did not come', async () => {
    put(FIRST, packed(...crash('KeyError')));
    await ask({ bucket: 'acme-logs', key: FIRST });
    await ask({ bucket: 'acme-logs', key: 'logs/dt=2026-11-20/2026-11-20-11.tsv.gz' });
    put('logs/dt=2026-11-20/2026-11-20-12.tsv.gz', packed(...crash('OSError')));
    await ask({ bucket: 'acme-logs', key: 'logs/dt=2026-11-20/2026-11-20-12.tsv.gz' });
    await look();
    const { watermark, since, missing } = store.moves.at(-1)!;
    const hour = (n: number): number => Date.UTC(2026, 10, 20, n);
    assert.deepEqual([since, watermark, missing], [hour(9), hour(13), [{ start: hour(10), end: hour(12) }]]);
  });

  it('are taken by a notification of S3, whose keys are encoded', async () => {
    const records = [{ s3: { bucket: { name: 'acme-logs' }, object: { key: 'logs/dt%3D2026-11-20/a+b%2Bc.tsv.gz' } } }];
    assert.deepEqual(await ask({ Records: records }), { keys: ['logs/dt=2026-11-20/a b+c.tsv.gz'] });
    assert.deepEqual(await ask({ Event: 's3:TestEvent' }), { keys: [] });
  });

  for (const [name, body] of [
    ['of another bucket', { bucket: 'acme-other', key: FIRST }],
    ['of another prefix', { bucket: 'acme-logs', key: 'logs2/x.tsv.gz' }],
    ['without a key', { bucket: 'acme-logs' }],
    ['that is a list', [1]],
    ['with one record that cannot be made out', { Records: [{ s3: {} }] }],
  ] as const)
    it(`are not taken by a body ${name}`, async () => {
      assert.ok('refused' in (await ask(body)));
      assert.equal((await look()).read, 0);
    });

  it('that break off give nothing; they are tried three times, then told, and read when they are posted again', async () => {
    const bytes = packed(...Array.from({ length: 1_100 }, (_, n) => crash(`Odd${n * 7919}Error`)).flat());
    put(FIRST, bytes.subarray(0, bytes.length - 30));
    await ask({ bucket: 'acme-logs', key: FIRST });
    const troubles: (string | undefined)[] = [];
    for (let n = 0; n < 4; n++) {
      troubles.push((await look()).trouble);
      assert.equal(store.events.length, 0);
      deps.clock.advance(60_000);
    }
    const words = `s3://acme-logs/${FIRST}: it is packed by gzip and breaks off`;
    const last = `${words}; tried 3 times, it is left out until it is posted again`;
    assert.deepEqual(troubles, [words, words, last, undefined]);
    assert.deepEqual(
      store.rejects.map(({ reason }) => reason),
      ['archive not read: it is packed by gzip and breaks off'],
    );
    put(FIRST, bytes);
    await ask({ bucket: 'acme-logs', key: FIRST });
    assert.equal((await look()).stored, 1_100);
  });

  it('carry context and a traceback over the border of two hours', async () => {
    const [marker, frame, source, final] = crash('KeyError') as [string, string, string, string];
    put(
      FIRST,
      packed(line('a'), line('b'), line('other', 'i-2'), ...crash('OSError', 'i-2'), line('c'), marker, frame),
    );
    put(SECOND, packed(line('other', 'i-2'), source, final, ...crash('ValueError', 'i-2')));
    for (const key of [FIRST, SECOND]) await ask({ bucket: 'acme-logs', key });
    await look();
    assert.deepEqual(titles().toSorted(), ['KeyError: no', 'OSError: no', 'ValueError: no']);
    const { sample } = store.events.find(({ title }) => title === 'KeyError: no')!;
    assert.deepEqual(sample!.context, ['a', 'b', 'c']);
    assert.equal(sample!.frames.length, 1);
  });

  it('of days that wait for their next try are said to be left', async () => {
    put(FIRST, packed(...crash('KeyError')).subarray(0, 60));
    const days = { from: '2026-11-20', to: '2026-11-20' };
    assert.match((await look({ days })).trouble!, /breaks off$/);
    assert.match((await look({ days })).trouble!, /2026-11-20-09\.tsv\.gz is not read yet: .* tried again/);
  });

  it('of days are found below the prefix, or one folder further down', async () => {
    put(FIRST, packed(...crash('KeyError')));
    put('logs/4711/dt=2026-11-21/2026-11-21.tsv.gz', packed(...crash('OSError')));
    put('logs/dt=2026-11-22/2026-11-22.tsv.gz', packed(...crash('ValueError')));
    assert.equal((await look({ days: { from: '2026-11-20', to: '2026-11-21' } })).stored, 2);
    assert.deepEqual(titles(), ['OSError: no', 'KeyError: no']);
  });
});

import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { type AwsDouble, startAws } from '../../../../../sandbox/aws/server.ts';
import { createPapertrail } from '../../../../../src/integrations/intakes/papertrail/intake.ts';
import { depsOf } from '../../../../support/build/deps.ts';
import { scopeOf, type TestScope } from '../../../../support/build/scope.ts';
import { type BookStore, createBookStore } from '../../../../support/intakes/book-store.ts';
import { createPapertrailDouble, type PapertrailDouble } from '../../../../support/intakes/papertrail.ts';
import { LOG_SETTINGS } from '../../../../support/logs/settings.ts';
import { type Clock, createClock } from '../../../../support/time/clock.ts';

const KEYS = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME',
  AWS_SECRET_ACCESS_KEY: 'acmeSecret12',
};
const TOKEN = 'acmePapertrail1';
const MINUTE = 60_000;
const HOUR = 3_600_000;
const TEN = Date.UTC(2026, 10, 20, 10);

describe('Papertrail’s live search', () => {
  let [clock, waits]: [Clock, number[]] = [createClock(), []];
  let aws: AwsDouble;
  /** What happens when a wait is over. */
  let woken: () => void = () => undefined;
  let store: BookStore;
  let vendor: PapertrailDouble;
  let ids = 700_594_297_938_165_000n;
  before(async () => {
    Object.assign(process.env, KEYS);
    aws = await startAws({ now: Date.now, sleep: () => new Promise((done) => void setImmediate(done)) });
    process.env['AWS_ENDPOINT_URL'] = aws.url;
  });
  after(async () => {
    for (const name of [...Object.keys(KEYS), 'AWS_ENDPOINT_URL']) delete process.env[name];
    await aws.close();
  });
  beforeEach(() => {
    clock = createClock();
    clock.advance(TEN - clock.now());
    waits = [];
    store = createBookStore(clock.now);
    vendor = createPapertrailDouble();
    aws.objects.clear();
  });

  const look = (scope: TestScope = scopeOf({ deadline: clock.now() + HOUR })) => {
    const place = { bucket: 'acme-logs', prefix: 'logs' };
    const page = 'https://logs.example.com/{id}';
    const settings = { place, page, token: TOKEN, queue: undefined, topic: undefined, ...LOG_SETTINGS };
    const sleep = async (ms: number): Promise<void> => {
      waits.push(ms);
      woken();
    };
    const deps = { ...depsOf(clock), http: vendor.http, sleep };
    return createPapertrail(settings, deps, 'manager').take(store, {}, scope);
  };
  /** A minute later: what nothing came to is told then. */
  const settled = () => {
    clock.advance(MINUTE);
    return look();
  };
  const say = (...messages: readonly string[]): void => {
    for (const message of messages) vendor.lines.push({ id: String(++ids), at: clock.now(), machine: 'i-1', message });
  };
  const crash = (type: string): void =>
    say('Traceback (most recent call last):', '  File "/srv/acme/shop.py", line 3, in buy', '    pay()', `${type}: no`);
  const titles = (): readonly string[] => store.events.map(({ title }) => title);
  const last = () => store.moves.at(-1)!;

  it('begins now, reads what came in since, each line once, and says how far', async () => {
    crash('OldError');
    clock.advance(MINUTE);
    await look();
    assert.deepEqual([titles(), last().watermark, last().since], [[], null, undefined]);
    crash('KeyError');
    say('after');
    clock.advance(MINUTE);
    assert.deepEqual([(await look()).isDrained, last().since, last().watermark], [true, TEN + 30_000, TEN + 90_000]);
    assert.deepEqual([(await settled()).stored, titles()], [1, ['KeyError: no']]);
    assert.deepEqual([(await settled()).read, titles()], [0, ['KeyError: no']]);
    assert.deepEqual(new Set(vendor.tokens), new Set([TOKEN]));
  });

  it('finds the same events as the archive, live first, then the archive, then again', async () => {
    await look();
    clock.advance(MINUTE);
    for (const type of ['KeyError', 'ValueError', 'OSError']) crash(type);
    say('after');
    clock.advance(MINUTE);
    await look();
    await settled();
    const live = store.events.map(({ id }) => id);
    const key = 'logs/dt=2026-11-20/2026-11-20-10.tsv.gz';
    const rows = vendor.lines.map(({ id, at, machine, message }) => {
      const time = new Date(at).toISOString().slice(0, 19);
      return [id, time, `${time}Z`, '4', machine, '192.0.2.1', 'User', 'Notice', 'shop', message].join('\t');
    });
    aws.objects.set(`acme-logs/${key}`, gzipSync(`${rows.join('\n')}\n`));
    for (let n = 0; n < 2; n++) {
      await store.objects.want('manager', [key]);
      const { stored, repeats } = await look();
      assert.deepEqual([stored, repeats], [0, 3]);
    }
    assert.equal(live.length, 3);
    assert.deepEqual(
      store.events.map(({ id }) => id),
      live,
    );
    assert.deepEqual([last().since, last().watermark], [TEN - 30_000, TEN + HOUR]);
  });

  it('pages back by ids until the beginning, and puts lines in their order', async () => {
    await look();
    clock.advance(MINUTE);
    for (let n = 0; n < 5; n++) crash(`Odd${n * 7919}Error`);
    vendor.limit = 3;
    clock.advance(MINUTE);
    await look();
    const older = vendor.asked.flatMap((it) => it['max_id'] ?? []);
    assert.equal(older.length, 6);
    await settled();
    assert.equal(store.events.length, 5);
    const from = vendor.asked.slice(0, 7).map((it) => it['min_time']);
    assert.deepEqual(new Set(from), new Set([String((TEN - 30_000) / 1_000)]));
  });

  it('carries a traceback from one look to the next, and tells at the second what nothing follows', async () => {
    await look();
    clock.advance(MINUTE);
    say('Traceback (most recent call last):', '  File "/srv/acme/shop.py", line 3, in buy');
    clock.advance(MINUTE);
    await look();
    say('    pay()', 'KeyError: no');
    clock.advance(MINUTE);
    await look();
    assert.deepEqual(titles(), []);
    clock.advance(MINUTE);
    await look();
    assert.deepEqual(titles(), ['KeyError: no']);
    say('after');
    clock.advance(MINUTE);
    await look();
    assert.deepEqual(titles(), ['KeyError: no']);
  });

  it('goes on where it was when the vendor was away, and after a day leaves the rest to archives', async () => {
    await look();
    crash('KeyError');
    say('after');
    clock.advance(HOUR);
    vendor.faults.push(null);
    const { trouble, isDrained } = await look();
    assert.deepEqual([trouble, isDrained, last().watermark], ['papertrail: no answer', false, null]);
    await look();
    await settled();
    assert.deepEqual([titles(), last().missing], [['KeyError: no'], []]);
    crash('LostError');
    say('after');
    clock.advance(30 * HOUR);
    crash('ValueError');
    say('after');
    clock.advance(MINUTE);
    await look();
    await settled();
    assert.deepEqual(titles(), ['KeyError: no', 'ValueError: no']);
    const end = TEN + 31 * HOUR + 2 * MINUTE - 30_000;
    assert.deepEqual(last().missing, [{ start: TEN + HOUR + MINUTE - 30_000, end: end - 24 * HOUR }]);
  });

  it('reads a shorter stretch where there is too much for one go', async () => {
    await look();
    clock.advance(MINUTE);
    for (let second = 0; second < 40; second++) {
      say('x', 'y', 'z');
      clock.advance(1_000);
    }
    crash('KeyError');
    say('after');
    vendor.limit = 4;
    clock.advance(MINUTE);
    await look();
    assert.deepEqual([last().watermark, last().missing], [TEN + 2 * MINUTE + 10_000, []]);
    await settled();
    assert.deepEqual(titles(), ['KeyError: no']);
  });

  it('asks again where its time ran out, and does not take an empty page for the end', async () => {
    await look();
    crash('KeyError');
    say('after');
    clock.advance(MINUTE);
    vendor.faults.push(JSON.stringify({ events: [], min_id: String(ids + 1n), reached_time_limit: true }));
    await look();
    await settled();
    assert.deepEqual(titles(), ['KeyError: no']);
    assert.equal(vendor.asked[1]!['max_id'], String(ids + 1n));
  });

  it('waits when no more requests are allowed', async () => {
    await look();
    for (let n = 0; n < 3; n++) crash(`Odd${n * 7919}Error`);
    clock.advance(MINUTE);
    vendor.limit = 5;
    vendor.headers = { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': '3' };
    await look();
    assert.deepEqual(waits, [3_000, 3_000]);
  });

  it('that waits when the run ends goes on with the next look', async () => {
    await look();
    crash('KeyError');
    clock.advance(MINUTE);
    vendor.limit = 2;
    vendor.headers = { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': '3' };
    const stop = new AbortController();
    woken = () => {
      stop.abort();
      throw new Error('aborted');
    };
    const { isDrained, trouble } = await look(scopeOf({ deadline: clock.now() + HOUR, signal: stop.signal }));
    assert.deepEqual([isDrained, trouble], [false, undefined]);
    woken = () => undefined;
    await look();
    await settled();
    assert.deepEqual(titles(), ['KeyError: no']);
  });

  for (const [name, text] of [
    ['no JSON', '<html>'],
    ['no page', '{"error":"x"}'],
    ['a number for an id', '{"events":[{"id":700594297938165774,"generated_at":"2026-11-20T10:00:00Z"}]}'],
    ['no time', '{"events":[{"id":"7"}]}'],
  ] as const)
    it(`says so when it gets ${name}, and stays where it is`, async () => {
      await look();
      const before = last().watermark;
      clock.advance(MINUTE);
      vendor.faults.push(text);
      const { trouble } = await look();
      assert.match(trouble!, /^papertrail: its search (answered|has) /);
      assert.equal(last().watermark, before);
    });
});

import assert from 'node:assert/strict';
import type { Json } from '../support/e2e/json.ts';
import type { Service } from '../support/e2e/service.ts';
import { openQueueBench, type QueueBench, withKeys } from '../support/intakes/queue-bench.ts';
import { mostIntoTheStore, sevenDays } from '../support/intakes/seven-days.ts';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 20, 12, 0);

describe('rules over a queue', () => {
  withKeys();
  let bench: QueueBench;
  beforeEach(async () => {
    bench = await openQueueBench();
  });
  afterEach(() => bench.close());

  const to = (minutes: number): void => bench.clock.advance(NOON + minutes * MINUTE - bench.clock.now());
  /** At so many minutes after noon. */
  const postAt = async (minutes: number, service: Service): Promise<Json> => {
    to(minutes);
    const { status, body, text } = await service.post();
    assert.equal(status, 200, text);
    return body;
  };
  const serve = (alerts: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): Promise<Service> =>
    bench.serveQueues([{ name: 'nightly', projects: ['shop'], alerts, ...more }]);
  const got = (): unknown => bench.mails().map(({ to: who, subject }) => [who, subject]);

  it('top: ten of twelve issues over seven days get a mail each, and one of an extension none', async () => {
    const { answers, told } = await sevenDays(bench, (share, store) => mostIntoTheStore(bench, share, store), ['shop']);
    assert.deepEqual(answers, Array<number>(18).fill(200));
    assert.deepEqual(
      told('shop').map(({ subject }) => subject),
      Array.from({ length: 10 }, (_, n) => `top-of-shop: Error: trouble ${n + 1}`),
    );
    assert.ok(told('shop')[0]!.text.includes('500 events in'), told('shop')[0]!.text);
  });

  it('one that was handed out three times is counted once, told once and deleted three times', async () => {
    const service = await serve(['any']);
    const event = { at: NOON, issue: 7, id: 'e7' };
    bench.put('shop', event, event, event);
    const body = await postAt(7.5, service);
    assert.deepEqual([body.reports[0].totals[0].events, bench.mails().length], [1, 1]);
    assert.deepEqual([bench.aws.queue('shop').all().length, bench.aws.queue('shop').deleted()], [0, 3]);
  });

  it('one received at 12:00 and stored at 12:06 is told by the run of 12:10, once', async () => {
    const service = await serve(['any']);
    await postAt(5, service);
    to(6);
    bench.put('shop', { at: NOON, issue: 7 });
    await postAt(10, service);
    const told = got();
    assert.deepEqual(told, [['lead@example.com', 'nightly: CartError: cart is empty']]);
    await postAt(15, service);
    await postAt(20, service);
    assert.deepEqual(got(), told);
  });

  it('one that comes after its window was counted is told by the next run, once', async () => {
    const service = await serve(['new']);
    await postAt(10, service);
    bench.put('shop', { at: NOON, issue: 7 });
    for (const minutes of [15, 20]) await postAt(minutes, service);
    assert.equal(bench.mails().length, 1);
  });

  it('new, title has and any tell of what they mean', async () => {
    const service = await serve([
      { when: 'new', name: 'first' },
      { when: 'title has "card"', name: 'cards' },
    ]);
    const rulesAt = async (minutes: number): Promise<unknown> =>
      (await postAt(minutes, service)).alerts.map(({ rule, subject }: Json) => [rule, subject.id]).toSorted();
    bench.put('shop', { at: NOON, issue: 7 }, { at: NOON, issue: 8, title: 'Card declined' });
    assert.deepEqual(await rulesAt(7.5), [
      ['new', '7'],
      ['new', '8'],
      ['title has "card"', '8'],
    ]);
    const later = NOON + 6 * MINUTE;
    bench.put('shop', { at: later, issue: 7 }, { at: later, issue: 8, title: 'Card declined' });
    assert.deepEqual(await rulesAt(12.5), [['title has "card"', '8']]);
  });

  it('a mail says what happened, in which issue, and by which calls, as plain text, with a subject of one line', async () => {
    const service = await serve(['any']);
    const message = `TypeError: can't find <b>cart</b> & co\n${'x'.repeat(300)}`;
    const frames = [
      { function: 'start', module: 'resource://app/start.jsm', lineNo: 8, colNo: 2 },
      { function: null, module: 'resource://app/pay.jsm', lineNo: 0, colNo: null },
      { function: 'total', module: 'resource://app/cart.jsm', lineNo: 31, colNo: 7 },
    ];
    const entries = [{ type: 'exception', data: { values: [{ stacktrace: { frames } }] } }];
    bench.put('shop', { at: NOON, issue: 4_711, message, entries });
    const debug = (await service.post('?debug=true')).body;
    assert.deepEqual(debug.alerts ?? [], []);
    await postAt(7.5, service);
    const [{ subject, text } = { subject: '', text: '' }] = bench.mails();
    assert.match(subject, /^nightly: TypeError: can't find <b>cart<\/b> & co x{20,}…$/);
    assert.ok([...subject].length <= 200, subject);
    const block = [
      '    at total(resource://app/cart.jsm:31:7)',
      '    at <anonymous>(resource://app/pay.jsm)',
      '    at start(resource://app/start.jsm:8:2)',
    ];
    assert.ok(text.includes(`…\n${block.join('\n')}\n1 event in `), text);
    assert.ok(text.includes("TypeError: can't find <b>cart</b> & co xxx") && text.includes('4711'), text);
    assert.doesNotMatch(text, /&(amp|lt|#39);|null|None|undefined/);
  });

  it('debug runs show the same each time, tell nobody and keep nothing', async () => {
    const service = await serve(['any']);
    bench.put('shop', { at: NOON, issue: 7 });
    await postAt(3, service);
    to(7.5);
    for (let time = 0; time < 2; time++) {
      const { alerts } = (await service.post('?debug=true')).body;
      assert.deepEqual(
        alerts.map(({ subject, channels }: Json) => [subject.id, channels.lead.status, channels.lead.payload.text]),
        [['7', 'skipped', alerts[0].channels.lead.payload.text]],
      );
      assert.match(
        alerts[0].channels.lead.payload.text,
        /\n {4}at total\(shop.cart:17:56\)\n {4}at run\(shop.main:5:1\)\n/,
      );
    }
    assert.equal(bench.mails().length, 0);
    await postAt(7.6, service);
    assert.equal(bench.mails().length, 1);
  });

  it('a recipient whose server is busy gets the mail with the next run, the other one at once', async () => {
    const service = await serve([{ when: 'any', tell: 'team' }]);
    const match = 'RCPT TO:<dev@example.com>';
    const busy = { vendor: 'mail', endpoint: 'smtp-command', kind: 'status', match, status: 421 } as const;
    bench.sandbox.world.faults.add({ ...busy, body: '4.3.2 too much to do' });
    bench.put('shop', { at: NOON, issue: 7 });
    await postAt(7.5, service);
    assert.deepEqual(got(), [['lead@example.com', 'nightly: CartError: cart is empty']]);
    await postAt(12.5, service);
    assert.deepEqual(got(), [
      ['lead@example.com', 'nightly: CartError: cart is empty'],
      ['dev@example.com', 'nightly: CartError: cart is empty'],
    ]);
    await postAt(17.5, service);
    assert.equal(bench.mails().length, 2);
  });

  it('a recipient who is nobody is refused, which is shown, and the other one gets the mail', async () => {
    const service = await serve([{ when: 'any', tell: 'gone' }]);
    bench.put('shop', { at: NOON, issue: 7 });
    const { alerts } = await postAt(7.5, service);
    assert.deepEqual(got(), [['lead@example.com', 'nightly: CartError: cart is empty']]);
    assert.deepEqual(alerts[0].channels, {
      'gone/lead@example.com': { status: 'sent', tries: 1 },
      'gone/nobody@example.com': {
        error: 'gone/nobody@example.com: answered 550 5.1.1 no such user here (filters.yaml:1)',
        status: 'refused',
        tries: 1,
      },
    });
  });

  it('a recipient who is added later gets what still holds, once, and the others nothing more', async () => {
    const rule = { when: 'top 3 of 7d > 1', tell: 'lead' };
    const first = await serve([rule]);
    for (const issue of [7, 8]) bench.put('shop', { at: NOON, issue }, { at: NOON, issue });
    await postAt(7.5, first);
    await first.close();
    assert.equal(bench.mails().length, 1);
    const second = await serve([{ ...rule, tell: ['lead', 'dev'] }]);
    for (const minutes of [12.5, 17.5]) await postAt(minutes, second);
    assert.deepEqual(
      bench.mails().map(({ to: who }) => who),
      ['lead@example.com', 'dev@example.com'],
    );
  });
});

import assert from 'node:assert/strict';
import type { Service } from '../support/e2e/service.ts';
import { openQueueBench, type QueueBench, withKeys } from '../support/intakes/queue-bench.ts';
import { runCommand } from '../support/telling/alert-commands.ts';

const NOON = Date.UTC(2026, 10, 20, 12, 0);
const FIVE = 300_000;
const TEXT =
  /ntakes pause: the ledger holds 0\.00\d+ MB of events, and may hold 0\.001 MB \(EVENT_MAX_GB\); they go on/;

describe('a ledger that holds as many events as it may', () => {
  withKeys();
  let bench: QueueBench;
  beforeEach(async () => {
    bench = await openQueueBench();
    bench.clock.advance(NOON - bench.clock.now());
  });
  afterEach(() => bench.close());

  const filters = [{ name: 'nightly', projects: ['shop'], alerts: ['any'] }];
  const serve = (most: string): Promise<Service> =>
    bench.serveQueues(filters, { env: { EVENT_MAX_GB: most, ADMIN_CHANNEL: 'dev' } });
  const put = (id: string): void => bench.put('shop', { at: bench.clock.now(), issue: 7, id });
  async function post(service: Service) {
    bench.clock.advance(FIVE);
    const { status, body, text } = await service.post();
    assert.equal(status, 200, text);
    return body;
  }
  const subjects = (): readonly string[] => bench.mails().map(({ subject }) => subject);

  it('pauses its intakes, says so everywhere once, and goes on when there is room', async () => {
    const service = await serve('0.000001');
    put('e1');
    await post(service);
    put('e2');
    const bodies = [await post(service), await post(service), await post(service)];
    assert.deepEqual([bench.aws.queue('shop').all().length, bench.aws.queue('shop').deleted()], [1, 1]);
    assert.equal(bench.aws.queue('shop').all()[0]!.receives, 0);
    for (const { reports } of bodies.slice(1)) {
      assert.equal(reports[0].complete, false);
      assert.match(
        reports[0].gaps[0].detail,
        /^the intake shop was read up to .* only; intakes pause: the ledger holds as many .* \(EVENT_MAX_GB\)$/,
      );
    }
    const lines = service.log.filter(({ msg }) => /^intakes? (pause|not read)/.test(String(msg)));
    assert.deepEqual(
      lines.map(({ msg }) => msg),
      ['intakes pause: the ledger holds as many events as it may'],
    );
    const told = bench.mails().filter(({ text }) => TEXT.test(text.replace(/\s+/g, ' ')));
    assert.deepEqual([told.length, told[0]?.to], [1, 'dev@example.com']);
    assert.match(await (await fetch(`${service.url}/`)).text(), TEXT);
    const due = await fetch(`${service.url}/due`, { method: 'POST' });
    assert.match(JSON.stringify(await due.json()), TEXT);
    await service.close();

    const env = { ...bench.env, EVENT_MAX_GB: '0.000001' };
    const ran = await runCommand(bench, bench.fileOf(filters), ['intake', 'shop', '--once'], { env });
    assert.equal(ran.code, 1);
    assert.match(ran.stderr, TEXT);
    assert.match(ran.stdout, /^shop: 0 read/);
    assert.equal(bench.aws.queue('shop').all().length, 1);

    const roomy = await serve('1');
    await post(roomy);
    assert.deepEqual([bench.aws.queue('shop').all().length, bench.aws.queue('shop').deleted()], [0, 2]);
    const count = subjects().filter((it) => it.includes('nightly: ')).length;
    assert.equal(count, 2, subjects().join('; '));
  });
});

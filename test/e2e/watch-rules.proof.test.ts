import assert from 'node:assert/strict';
import type { Json } from '../support/e2e/json.ts';
import type { Service } from '../support/e2e/service.ts';
import { type AlertBench, openAlertBench } from '../support/telling/alert-bench.ts';
import { openReceiver, type Receiver } from '../support/telling/receiver.ts';
import { openVendor, type Vendor } from '../support/watches/vendor.ts';

const MINUTE_MS = 60_000;

describe('what is told of watches', () => {
  let bench: AlertBench;
  let vendor: Vendor;
  let other: Vendor;
  let admin: Receiver;
  beforeEach(async () => {
    bench = await openAlertBench();
    [vendor, other, admin] = await Promise.all([openVendor(), openVendor(), openReceiver()]);
    other.answer(200, '1');
  });
  afterEach(() => Promise.all([bench.close(), vendor.close(), other.close(), admin.close()]));

  const serve = (watches: unknown): Promise<Service> =>
    bench.serveRules(['events > 100'], {
      env: { LEDGER_URL: bench.ledgerUrl, ADMIN_CHANNEL: 'admin' },
      channels: {
        hook: { webhook: bench.receiver.url, key: 'HOOK_KEY' },
        admin: { webhook: admin.url, key: 'HOOK_KEY' },
      },
      file: { watches },
    });
  const due = async ({ url }: Service): Promise<readonly Json[]> => {
    const answer = await fetch(`${url}/due`, { method: 'POST', headers: { connection: 'close' } });
    return ((await answer.json()) as { done: Json[] }).done.filter(({ kind }) => kind === 'watch');
  };
  const lines = (): readonly string[] => admin.taken.flatMap((it: Json) => it.lines as string[]);

  it('of a vendor with a bad day is silence, one warning, one recovery; others go on', async () => {
    vendor.answer(200, '{"open": 3}');
    const service = await serve({ github: { url: vendor.url, value: 'open' }, other: { url: other.url } });
    await due(service);
    const story: (readonly [minute: number, status: number | 'cut', told: number])[] = [
      ...[5, 10, 15, 20].map((minute) => [minute, 503, 0] as const),
      ...[25, 145].map((minute) => [minute, 'cut', 0] as const),
      [151, 'cut', 1],
      [156, 502, 1],
      [1445, 500, 1],
      [1450, 'cut', 1],
      [1455, 200, 2],
      [1460, 200, 2],
    ];
    let now = 0;
    for (const [minute, status, told] of story) {
      if (status === 'cut') vendor.cut();
      else vendor.answer(status, status === 200 ? '{"open": 4}' : 'unavailable');
      bench.clock.advance((minute - now) * MINUTE_MS);
      now = minute;
      const done = await due(service);
      assert.deepEqual(
        done.map(({ name, status: came }) => [name, came]),
        [
          ['github', status === 200 ? 'done' : 'failed'],
          ['other', 'done'],
        ],
      );
      assert.equal(admin.taken.length, told, `at ${minute} min: ${lines().join(' ')}`);
    }
    assert.match(lines()[0]!, /^The watch github \(\S*filters\S*:\d+\) has had no good answer for 2 h 31 min, since /);
    assert.match(lines()[1]!, /^The watch github \S+ has a good answer again, after 24 h 15 min, since /);
    assert.ok(!lines().join('').includes('at '.concat('lookWith')), 'a warning has no trace');
  });

  it('that refuses our key is told at once', async () => {
    vendor.answer(401, '{"message": "Bad credentials"}');
    const service = await serve({ github: { url: vendor.url, value: 'open' } });
    await due(service);
    assert.match(
      lines().join(),
      /^The watch github \S+ failed at 20\S+ \S+ UTC: github: answered 401: .*Bad credentials/,
    );
    bench.clock.advance(5 * MINUTE_MS);
    await due(service);
    assert.equal(admin.taken.length, 1, 'once an hour');
  });

  it('goes to the channels of their alerts: down twice, once each', async () => {
    const service = await serve({
      site: { url: vendor.url, value: 'state', alerts: ['value changes to "down"'], tell: 'hook' },
    });
    const counts: number[] = [];
    for (const state of ['up', 'down', 'down', 'up', 'down']) {
      vendor.answer(200, JSON.stringify({ state }));
      await due(service);
      counts.push(bench.receiver.taken.length);
      bench.clock.advance(5 * MINUTE_MS);
    }
    assert.deepEqual(counts, [0, 1, 1, 1, 2]);
    const [alert] = bench.receiver.taken[0].alerts;
    assert.deepEqual(
      [alert.state, alert.filter, alert.rule, alert.subject.kind, alert.subject.id],
      ['told', 'site', 'value changes to "down"', 'part', 'site'],
    );
  });
});

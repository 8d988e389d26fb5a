import assert from 'node:assert/strict';
import type { Json } from '../support/e2e/json.ts';
import { type AlertBench, iso, openAlertBench } from '../support/telling/alert-bench.ts';
import { openReceiver, type Receiver } from '../support/telling/receiver.ts';

/** What was told of rules, in order. */
function told(messages: readonly Json[]): unknown {
  return messages.flatMap(({ alerts }) =>
    alerts.map(({ state, window, why }: Json) => [state, window.start, ...(state === 'resolved' ? [why] : [])]),
  );
}

function ownLines(messages: readonly Json[]): readonly Json[] {
  return messages.filter(({ type }) => type === 'message').flatMap(({ lines }) => lines);
}

describe('alerts and their files, over a restart', () => {
  let bench: AlertBench;
  let admin: Receiver;
  let env: Readonly<Record<string, string>>;
  beforeEach(async () => {
    bench = await openAlertBench();
    admin = await openReceiver();
    env = { LEDGER_URL: bench.ledgerUrl, ADMIN_CHANNEL: 'admin' };
  });
  afterEach(async () => {
    await bench.close();
    await admin.close();
  });

  const channels = (): Readonly<Record<string, unknown>> => ({
    hook: { webhook: bench.receiver.url, key: 'HOOK_KEY' },
    admin: { webhook: admin.url, key: 'HOOK_KEY' },
  });

  it('a file that has become faulty counts as it was last good, and who it tells hears of the fault once', async () => {
    [101, 20, 20, 20].forEach((events, window) => bench.fill(window, events));
    const first = await bench.serveRules(['events > 100'], { env, channels: channels() });
    await first.post();
    await first.close();
    bench.at(1);
    const faulty = { env, channels: channels(), filter: { projects: [] } };
    const second = await bench.serveRules(['events > 100'], faulty);
    for (const window of [1, 2, 3]) {
      bench.at(window);
      const { status, body } = await second.post();
      assert.deepEqual([status, body.reports.length, body.faults.length], [200, 1, 1]);
      assert.match(
        body.faults[0].error,
        /^projects: is an empty list; .*; the text of 10:07 UTC on 2026-11-20 is in force$/,
      );
    }
    const states = bench.receiver.taken.flatMap(({ alerts }) => alerts.map(({ state }: Json) => state));
    assert.deepEqual(states, ['firing', 'resolved']);
    for (const messages of [bench.receiver.taken, admin.taken])
      assert.match(ownLines(messages).join(), /^The filters file filters\.yaml has a fault: [^,]*$/);
    const ready = await fetch(`${second.url}/readyz`, { headers: { connection: 'close' } });
    assert.equal((await ready.json()).status, 'degraded');
  });

  it('a faulty file without a good text ends the start as ever', async () => {
    const faulty = { env, channels: channels(), filter: { projects: [] } };
    await assert.rejects(bench.serveRules(['events > 100'], faulty), { name: 'StartError' });
  });

  it('a filter that was removed ends what it told, once, when no server decides it any more', async () => {
    bench.fill(0, 101);
    const first = await bench.serveRules(['events > 100'], { env, channels: channels() });
    await first.post();
    await first.close();
    const second = await bench.serveRules(['events > 100'], { env, channels: channels(), filter: { name: 'other' } });
    for (const window of [1, 7, 8]) {
      bench.at(window);
      await second.post();
    }
    assert.deepEqual(told(bench.receiver.taken), [
      ['firing', iso(0)],
      ['resolved', iso(0), 'rule removed'],
    ]);
  });

  it('a server with older files decides nothing, and says so to all who ask', async () => {
    bench.fill(0, 101);
    const old = await bench.serveRules(['events > 200'], { env, server: 'old', channels: channels() });
    bench.clock.advance(10_000);
    const fresh = await bench.serveRules(['events > 100'], { env, server: 'new', channels: channels() });
    await fresh.post();
    bench.at(1);
    assert.deepEqual((await old.post()).body.faults, [], 'nobody knew it when the run began');
    bench.at(2);
    const { status, body } = await old.post();
    assert.match(body.faults[0].error, /^old has older filters files than .* it decides nothing of shop; /);
    assert.deepEqual([status, ownLines(admin.taken).length], [200, 1]);
  });
});

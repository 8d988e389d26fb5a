import assert from 'node:assert/strict';
import { StartError } from '../../src/app/start-error.ts';
import { type AlertBench, openAlertBench } from '../support/telling/alert-bench.ts';
import { openReceiver, type Receiver } from '../support/telling/receiver.ts';

describe("the service's own failures", () => {
  let bench: AlertBench;
  let admin: Receiver;
  beforeEach(async () => {
    bench = await openAlertBench();
    admin = await openReceiver();
  });
  afterEach(async () => {
    await bench.close();
    await admin.close();
  });

  const channels = (): Readonly<Record<string, unknown>> => ({
    hook: { webhook: bench.receiver.url, key: 'HOOK_KEY' },
    admin: { webhook: admin.url, key: 'HOOK_KEY' },
  });

  it('of a channel that refuses go to the admin by another one, once', async () => {
    bench.fill(0, 101);
    bench.fill(1, 101, 102);
    bench.receiver.answer(410);
    const service = await bench.serveRules([{ when: 'new', tell: 'hook' }], {
      channels: channels(),
      env: { ADMIN_CHANNEL: 'admin' },
    });
    const { status, body } = await service.post();
    assert.deepEqual([status, body.alerts[0].channels.hook.status], [200, 'refused']);
    const heard = () => admin.taken.map(({ type, alerts }) => [type, alerts]);
    assert.deepEqual(heard(), [['message', []]], 'by the same run');
    bench.at(1);
    await service.post();
    assert.deepEqual(heard(), [['message', []]]);
  });

  it('are one message on Monday where lines are collected', async () => {
    bench.fill(0, 101);
    bench.receiver.answer(410);
    const service = await bench.serveRules([{ when: 'new', tell: 'hook' }], {
      channels: channels(),
      env: { ADMIN_CHANNEL: 'admin', ADMIN_COLLECT: 'weekly', LEDGER_URL: bench.ledgerUrl },
    });
    const due = () => fetch(`${service.url}/due`, { method: 'POST', headers: { connection: 'close' } });
    await service.post();
    await due();
    assert.equal(admin.taken.length, 0);
    // Friday at ten, and Monday at eight.
    bench.at(70 * 12);
    await due();
    await due();
    assert.deepEqual(
      admin.taken.map(({ lines }) => lines[0]),
      ['One message of sentry-monitor about itself, up to 2026-11-23 08:00 UTC'],
    );
    assert.match(admin.taken[0]!.lines[1], /^2026-11-20 10:\d\d UTC: The channel hook did not take a message/);
  });

  it('of channels stand in the body of the ping of a run that was well', async () => {
    bench.fill(0, 101);
    bench.receiver.answer(503);
    const { url, keys, world } = bench.sandbox;
    const service = await bench.serveRules([{ when: 'new', tell: 'hook' }], {
      env: { HEARTBEAT_URL: `${url}/ping/${keys.pingId}` },
    });
    await service.post();
    const { ping } = world.received;
    await bench.until(() => ping.pings.length === 2);
    bench.receiver.answer(200);
    bench.at(1);
    await service.post();
    await bench.until(() => ping.pings.length === 4);
    assert.deepEqual(
      ping.pings.map(({ signal }) => signal),
      ['start', 'success', 'start', 'success'],
    );
    assert.deepEqual(
      ping.raw.map(({ body }) => body),
      ['', 'unheard: hook', '', ''],
    );
  });

  it('need a channel that there is', async () => {
    await assert.rejects(
      bench.serveRules(['new'], { env: { ADMIN_CHANNEL: 'nobody' } }),
      (error: unknown) =>
        error instanceof StartError &&
        error.faults.join() ===
          'ADMIN_CHANNEL: "nobody" is no channel that a filters file sets up without faults; there are console, hook',
    );
  });

  it('of the ledger are told by the process itself', async () => {
    bench.fill(0, 101);
    const service = await bench.serveRules([{ when: 'events > 100', tell: 'hook' }], {
      channels: channels(),
      env: { ADMIN_CHANNEL: 'admin', LEDGER_URL: `${bench.ledgerUrl}/no-such-folder/x.db` },
    });
    const { body } = await service.post();
    assert.deepEqual([body.reports[0].sinks.newrelic.status, bench.receiver.tried.length], ['sent', 0]);
    await bench.until(() => admin.taken.length > 0);
    assert.deepEqual([admin.taken.length, admin.taken[0].type, admin.taken[0].alerts], [1, 'message', []]);
  });
});

import assert from 'node:assert/strict';
import type { Json } from '../support/e2e/json.ts';
import { type AlertBench, iso, openAlertBench } from '../support/telling/alert-bench.ts';

const ID = `shop/events > 100/shop@${iso(0)}`;

/** What was told, message by message: state and window of each alert. */
function told(messages: readonly Json[]): unknown {
  return messages.map(({ alerts }) => alerts.map(({ state, since, window }: Json) => [state, since, window.start]));
}

describe('alerts', () => {
  let bench: AlertBench;
  beforeEach(async () => {
    bench = await openAlertBench();
  });
  afterEach(() => bench.close());

  it('fire and end, each told once, and stand in the answer', async () => {
    [101, 20, 20, 20, 20].forEach((events, window) => bench.fill(window, events));
    const service = await bench.serveRules(['events > 100']);
    const first = await service.post();
    assert.deepEqual([first.status, Object.keys(first.body.reports[0].sinks)], [200, ['anodot', 'newrelic']]);
    const [alert] = first.body.alerts;
    assert.deepEqual(
      [first.body.alerts.length, alert.id, alert.state, alert.value, alert.limit, alert.window, alert.channels],
      [1, ID, 'firing', 101, 100, { start: iso(0), end: iso(1) }, { hook: { status: 'sent', tries: 1 } }],
    );
    for (const window of [1, 2, 3, 4]) {
      bench.at(window);
      assert.equal((await service.post()).status, 200);
    }
    assert.deepEqual(told(bench.receiver.taken), [[['firing', iso(0), iso(0)]], [['resolved', iso(0), iso(3)]]]);
    const { channels: _channels, ...posted } = alert;
    assert.deepEqual(bench.receiver.taken[0].alerts, [posted], 'the webhook and the answer say the same');
  });

  it('of a window that was told before are the same, and sent before', async () => {
    bench.fill(0, 101);
    const service = await bench.serveRules(['events > 100']);
    const first = await service.post();
    bench.clock.advance(1_000);
    const { body } = await service.post();
    assert.deepEqual(body.alerts, [
      { ...first.body.alerts[0], channels: { hook: { status: 'sent before', tries: 1 } } },
    ]);
    assert.equal(bench.receiver.tried.length, 1);
  });

  it('are shown by a debug run with what would be posted, and nothing is told or kept', async () => {
    bench.fill(0, 101);
    const service = await bench.serveRules(['events > 100']);
    const { body } = await service.post('?debug=true');
    const [{ channels, ...alert }] = body.alerts;
    assert.deepEqual(
      [alert.id, alert.state, channels.hook.status, channels.hook.why],
      [ID, 'firing', 'skipped', 'debug'],
    );
    assert.deepEqual([channels.hook.payload.type, channels.hook.payload.alerts], ['alerts', [alert]]);
    assert.equal(bench.receiver.tried.length, 0);
    const real = await service.post();
    assert.deepEqual(
      [real.body.alerts[0].id, real.body.alerts[0].channels],
      [ID, { hook: { status: 'sent', tries: 1 } }],
    );
  });

  it('are decided by a run that names the window, and not by one that names sinks', async () => {
    bench.fill(0, 101);
    const service = await bench.serveRules(['events > 100']);
    const repair = await service.post(`?end=${iso(1)}&sink=newrelic`);
    assert.deepEqual([repair.status, 'alerts' in repair.body, bench.receiver.tried.length], [200, false, 0]);
    const named = await service.post(`?end=${iso(1)}`);
    assert.deepEqual(
      [named.status, named.body.alerts[0].channels, bench.receiver.taken.length],
      [200, { hook: { status: 'sent', tries: 1 } }, 1],
    );
    const unknown = await service.post('?sink=hook');
    assert.deepEqual([unknown.status, unknown.body.detail], [400, 'unknown sink "hook"; there are anodot, newrelic']);
  });

  it('change no status when their channel is down, and go out by POST /due when it is back', async () => {
    bench.fill(0, 101);
    bench.receiver.answer(503);
    const service = await bench.serveRules(['events > 100']);
    const { status, headers, body } = await service.post();
    assert.deepEqual(
      [status, headers.get('Sentry-Monitor-Sent'), body.status, body.alerts[0].channels.hook.status],
      [200, 'all', 'ok', 'pending'],
    );
    bench.receiver.answer(200);
    bench.clock.advance(61_000);
    const due = await fetch(`${service.url}/due`, { method: 'POST', headers: { connection: 'close' } });
    const answer = await due.json();
    assert.deepEqual(
      [due.status, answer.done.map(({ kind, name, status }: Json) => [kind, name, status]), answer.left],
      [200, [['outbox', 'hook', 'done']], 0],
    );
    assert.deepEqual(told(bench.receiver.taken), [[['firing', iso(0), iso(0)]]]);
  });

  it('are all there is: a file with channels and no sink is whole', async () => {
    bench.fill(0, 101);
    const none = { NEW_RELIC_ACCOUNT_ID: '', NEW_RELIC_LICENSE_KEY: '', ANODOT_TOKEN: '' };
    const service = await bench.serveRules(['events > 100'], { env: none });
    const { status, body } = await service.post();
    assert.deepEqual([status, body.reports[0].sinks, body.alerts[0].channels.hook.status], [200, {}, 'sent']);
  });
});

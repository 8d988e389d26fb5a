import assert from 'node:assert/strict';
import type { Json } from '../support/e2e/json.ts';
import { type AlertBench, iso, openAlertBench } from '../support/telling/alert-bench.ts';

/** What was told, message by message: state, first and last window of each alert, and whether it is late. */
function told(messages: readonly Json[]): unknown {
  return messages.map(({ alerts }) =>
    alerts.map(({ state, since, window, late }: Json) => [state, since, window.start, late]),
  );
}

describe('alerts with a ledger', () => {
  let bench: AlertBench;
  let env: Readonly<Record<string, string>>;
  beforeEach(async () => {
    bench = await openAlertBench();
    env = { LEDGER_URL: bench.ledgerUrl };
  });
  afterEach(() => bench.close());

  it('go on over a restart: the end of what another process told', async () => {
    [101, 20, 20, 20].forEach((events, window) => bench.fill(window, events));
    const first = await bench.serveRules(['events > 100'], { env });
    await first.post();
    await first.close();
    const second = await bench.serveRules(['events > 100'], { env });
    for (const window of [1, 2, 3]) {
      bench.at(window);
      assert.equal((await second.post()).status, 200);
    }
    assert.deepEqual(told(bench.receiver.taken), [
      [['firing', iso(0), iso(0), false]],
      [['resolved', iso(0), iso(3), false]],
    ]);
  });

  it('of two servers are one message', async () => {
    bench.fill(0, 101);
    const servers = await Promise.all(
      ['one', 'two'].map((server) => bench.serveRules(['events > 100'], { env, server })),
    );
    const answers = await Promise.all(servers.map((server) => server.post()));
    assert.ok(answers.every(({ status }) => status === 200 || status === 202));
    assert.deepEqual(
      [bench.receiver.tried.length, told(bench.receiver.taken)],
      [1, [[['firing', iso(0), iso(0), false]]]],
    );
  });

  it('that fired and ended while their channel was down are one late message with both times', async () => {
    [101, 20, 20, 20, 20, 20, 20, 20, 20, 20].forEach((events, window) => bench.fill(window, events));
    const service = await bench.serveRules(['events > 100'], { env });
    bench.receiver.answer(503);
    for (let window = 0; window < 9; window++) {
      bench.at(window);
      assert.equal((await service.post()).status, 200);
    }
    bench.receiver.answer(200);
    // The tries are so far apart by then: after 1, 2, 4, 8 and 16 minutes.
    bench.at(9);
    await service.post();
    assert.deepEqual(told(bench.receiver.taken), [[['resolved', iso(0), iso(3), true]]]);
  });

  it('that a replay knows from later windows stand in no answer of the window that was filled', async () => {
    [20, 101].forEach((events, window) => bench.fill(window, events));
    const service = await bench.serveRules(['events > 100'], { env: { ...env, CATCH_UP_HOURS: '0' } });
    bench.at(1);
    assert.equal((await service.post()).body.alerts.length, 1);
    // What a run decides is known by its instant, and the clock of this bench may stand still.
    bench.clock.advance(1_000);
    const { status, body } = await service.post(`?end=${iso(1)}`);
    assert.deepEqual([status, body.reports[0].totals[0].events, body.alerts], [200, 20, []]);
    assert.equal(bench.receiver.taken.length, 1);
  });

  it('wait for the server that may send them: one of a dry run works nothing off', async () => {
    bench.fill(0, 101);
    bench.receiver.answer(503);
    await (await bench.serveRules(['events > 100'], { env })).post();
    const dry = await bench.serveRules(['events > 100'], { env: { ...env, DRY_RUN: 'true' } });
    bench.clock.advance(120_000);
    const due = await fetch(`${dry.url}/due`, { method: 'POST', headers: { connection: 'close' } });
    assert.deepEqual([await due.json(), bench.receiver.tried.length], [{ done: [], left: 0 }, 1]);
  });

  it('of windows that nobody ran are decided when they are caught up, and told late', async () => {
    [20, 101, 20, 20, 20, 20].forEach((events, window) => bench.fill(window, events));
    const service = await bench.serveRules(['events > 100'], { env });
    await service.post();
    bench.at(5);
    const { body } = await service.post();
    assert.deepEqual(
      [body.catchUp.windows.length, body.alerts.map(({ state, late }: Json) => [state, late])],
      [
        4,
        [
          ['firing', true],
          ['resolved', true],
        ],
      ],
    );
    assert.deepEqual(told(bench.receiver.taken), [[['resolved', iso(1), iso(4), true]]]);
  });

  it('of a span that somebody asks for are told at its end', async () => {
    [101, 20, 20, 20].forEach((events, window) => bench.fill(window, events));
    const service = await bench.serveRules(['events > 100'], { env });
    bench.at(3);
    const { status, body } = await service.post(`?start=${iso(0)}&end=${iso(4)}`);
    assert.deepEqual([status, body.catchUp.windows.length, 'alerts' in body], [200, 4, false]);
    assert.deepEqual(told(bench.receiver.taken), [[['resolved', iso(0), iso(3), true]]]);
  });

  it('decided by nobody, because an order named sinks, are decided by the next run without reading', async () => {
    bench.fill(0, 101);
    bench.fill(1, 20);
    const service = await bench.serveRules(['events > 100'], { env });
    await service.post('?sink=newrelic');
    assert.equal(bench.receiver.tried.length, 0);
    bench.at(1);
    await service.post();
    assert.deepEqual(told(bench.receiver.taken), [[['firing', iso(0), iso(0), true]]]);
  });

  it('of a window that was counted higher are decided anew, whatever is said of sinks', async () => {
    bench.fill(0, 98);
    const service = await bench.serveRules(['events > 100'], {
      env: { ...env, RECOUNT: '10m', RECOUNT_SINKS: 'newrelic' },
    });
    await service.post();
    bench.fill(0, 6);
    for (const window of [1, 2]) {
      bench.at(window);
      await service.post();
    }
    const [message] = bench.receiver.taken;
    assert.equal(bench.receiver.taken.length, 1);
    const [alert] = message.alerts;
    assert.deepEqual([alert.state, alert.value, alert.late, alert.window.start], ['firing', 104, true, iso(0)]);
  });
});

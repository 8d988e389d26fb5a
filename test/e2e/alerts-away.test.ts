import assert from 'node:assert/strict';
import type { Json } from '../support/e2e/json.ts';
import { type AlertBench, iso, openAlertBench } from '../support/telling/alert-bench.ts';

describe('rules whose source is away', () => {
  let bench: AlertBench;
  beforeEach(async () => {
    bench = await openAlertBench();
  });
  afterEach(() => bench.close());

  it('tell so after half an hour, and that it is back with what was filled, before what fires', async () => {
    for (const window of [0, 9]) bench.fill(window, 101);
    const service = await bench.serveRules(['events > 100'], { env: { LEDGER_URL: bench.ledgerUrl } });
    await service.post();
    bench.sandbox.world.faults.add({ vendor: 'sentry', kind: 'status', status: 401, times: 0 });
    for (const window of [5, 6, 7]) {
      bench.at(window);
      await service.post();
    }
    bench.sandbox.world.faults.clear();
    bench.at(9);
    await service.post();
    const said = bench.receiver.taken.map(({ type, lines, alerts }: Json) =>
      type === 'message' ? lines.join() : alerts.map(({ state, window }: Json) => `${state} ${window.start}`).join(),
    );
    const until = 'No alert begins or ends until it is back.';
    assert.deepEqual(said, [
      `firing ${iso(0)}`,
      `Not watching since 2026-11-20 10:05 UTC: nothing of sentry can be counted for shop. ${until}`,
      'Watching again, 8 of 8 windows filled: sentry had been away since 2026-11-20 10:05 UTC for shop.',
      `resolved ${iso(3)},firing ${iso(9)}`,
    ]);
  });

  it('say nothing of the kind when the first post of all asks for the past, and the next one watches', async () => {
    bench.at(60);
    const service = await bench.serveRules(['events > 100'], { env: { LEDGER_URL: bench.ledgerUrl } });
    const { body } = await service.post(`?at=${iso(2)}`);
    assert.equal(body.status, 'ok');
    bench.at(61);
    await service.post();
    assert.deepEqual(bench.receiver.taken, []);
  });
});

import assert from 'node:assert/strict';
import type { Json } from '../support/e2e/json.ts';
import type { Service } from '../support/e2e/service.ts';
import { type AlertBench, iso, openAlertBench } from '../support/telling/alert-bench.ts';

const OFTEN = { name: 'often', at: 'every 15m', tell: 'hook' };

describe('digests', () => {
  let bench: AlertBench;
  let env: Readonly<Record<string, string>>;
  beforeEach(async () => {
    bench = await openAlertBench();
    env = { LEDGER_URL: bench.ledgerUrl };
  });
  afterEach(() => bench.close());

  const serve = (digests: readonly unknown[], server?: string): Promise<Service> =>
    bench.serveRules([], { env, file: { digests }, filter: { alerts: undefined }, ...(server && { server }) });
  /** Slots that were told: start, end, late. */
  const slots = (): unknown =>
    bench.receiver.taken.map(({ digest: { slot, late } }: Json) => [slot.start, slot.end, late]);

  it('tell what came since the time before, once its last window is kept', async () => {
    [10, 0, 30].forEach((events, window) => bench.fill(window, events, 101 + window));
    const service = await serve([OFTEN]);
    for (const window of [0, 1]) {
      bench.at(window);
      await service.post();
    }
    assert.deepEqual(slots(), []);
    bench.at(2);
    await service.post();
    await service.post();
    assert.equal(bench.receiver.taken.length, 1);
    console.log(JSON.stringify(bench.receiver.taken[0], null, 1));
    assert.deepEqual(slots(), [[iso(0), iso(3), false]]);
  });
});

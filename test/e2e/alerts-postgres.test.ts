import assert from 'node:assert/strict';
import type { Json } from '../support/e2e/json.ts';
import { freshDatabase } from '../support/ledger/postgres.ts';
import { openAlertBench } from '../support/telling/alert-bench.ts';

describe('alerts in PostgreSQL', () => {
  it('fire and end once, of two servers, and over a restart', async () => {
    const bench = await openAlertBench();
    const { url, drop } = await freshDatabase();
    try {
      const env = { LEDGER_URL: url };
      [101, 20, 20, 20].forEach((events, window) => bench.fill(window, events));
      const serve = (server: string) => bench.serveRules(['events > 100'], { env, server });
      const [one, two] = [await serve('one'), await serve('two')];
      await Promise.all([one.post(), two.post()]);
      await Promise.all([one.close(), two.close()]);
      const three = await serve('three');
      for (const window of [1, 2, 3]) {
        bench.at(window);
        assert.equal((await three.post()).status, 200);
      }
      const states = bench.receiver.taken.flatMap(({ alerts }) => alerts.map(({ state }: Json) => state));
      assert.deepEqual(states, ['firing', 'resolved']);
    } finally {
      await bench.close();
      await drop();
    }
  });
});

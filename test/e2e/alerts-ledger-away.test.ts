import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import type { Json } from '../support/e2e/json.ts';
import { taken } from '../support/e2e/received-records.ts';
import { folder } from '../support/process/temp-folder.ts';
import { type AlertBench, iso, openAlertBench } from '../support/telling/alert-bench.ts';

/** State, first and last window of each alert, and whether it is late, by message. */
function told({ receiver }: AlertBench): unknown {
  return receiver.taken.map(({ alerts }) =>
    alerts.map(({ state, since, window, late }: Json) => [state, since, window.start, late]),
  );
}

describe('alerts while the ledger is away', () => {
  let bench: AlertBench;
  let disk: ReturnType<typeof folder>;
  beforeEach(async () => {
    bench = await openAlertBench();
    disk = folder({});
    mkdirSync(disk.file('disk'));
  });
  afterEach(async () => {
    await bench.close();
    disk.remove();
  });

  /** Sinks get nothing twice: only one that knows repeats is served without the ledger. */
  const serve = () =>
    bench.serveRules(['events > 100'], {
      env: { LEDGER_URL: `sqlite:${disk.file('disk')}/ledger.db`, LEDGER_ON_ERROR: 'safe', SINKS: 'newrelic' },
    });

  it('are decided by nobody; when it is back the windows are read for the rules alone, and told late', async () => {
    [20, 101, 20].forEach((events, window) => bench.fill(window, events));
    const first = await serve();
    await first.post();
    await first.close();
    renameSync(disk.file('disk'), disk.file('away'));
    const second = await serve();
    bench.at(1);
    const blind = (await second.post()).body;
    assert.deepEqual([blind.reports[0].sinks.newrelic.status, 'alerts' in blind], ['sent', false]);
    assert.equal(bench.receiver.tried.length, 0, 'nothing is decided blindly');
    renameSync(disk.file('away'), disk.file('disk'));
    bench.at(2);
    const { status, body } = await second.post();
    assert.deepEqual([status, body.catchUp.windows.length], [200, 1]);
    assert.deepEqual(told(bench), [[['firing', iso(1), iso(1), true]]]);
    const counts = taken(bench.sandbox.world.received).events.filter(({ type }) => type === 'filter_count');
    assert.deepEqual(
      counts.map(({ windowStart }) => new Date(Number(windowStart)).toISOString()),
      [0, 1, 2].map(iso),
      'no sink gets anything twice',
    );
  });
});

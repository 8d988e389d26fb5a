import assert from 'node:assert/strict';
import { until } from '../support/time/until.ts';
import { endProcesses } from '../support/process/processes.ts';
import { type RemoteSandbox, startRemoteSandbox } from '../support/process/services.ts';
import { taken } from '../support/e2e/received-records.ts';
import { freshDatabase, type TestDatabase } from '../support/ledger/postgres.ts';
import { assertShares, assertTrue, FIRST, killAt, openLate, sentIn } from '../support/recount/late-bench.ts';
import { windowWithLate } from '../support/recount/late-story.ts';

const WINDOWS = 10;
const LAST = WINDOWS - 1;
/** In windows. */
const HOUR = 12;
const HOUR_MS = 3_600_000;

describe('late events, two servers with one PostgreSQL, real processes', function () {
  this.timeout(300_000);
  let sandbox: RemoteSandbox;
  let database: TestDatabase;

  beforeEach(async () => {
    sandbox = await startRemoteSandbox();
    database = await freshDatabase();
  });
  afterEach(async () => {
    await endProcesses();
    await database.drop();
  });

  it('after the recounts both sinks show what happened, although servers are killed while they count and while they send', async () => {
    const stage = await openLate(
      { seed: 20_261_121, windows: WINDOWS, perWindow: 20, env: { LEDGER_URL: database.url, CATCH_UP_HOURS: '0' } },
      sandbox,
    );
    for (let window = 0; window <= LAST; window++) await stage.tick(window);
    assert.ok(sentIn(stage.answers).length > 0, 'some were counted again after ten minutes');
    const start = (window: number): number => FIRST + window * 300_000;

    await killAt(stage, LAST + HOUR, {
      vendor: 'sentry',
      endpoint: 'events-table',
      kind: 'slow',
      match: `start=${new Date(start(4)).toISOString().slice(0, 19)}`,
    });
    await free(database);
    await stage.tick(LAST + HOUR);

    await killAt(stage, LAST + 6 * HOUR, {
      vendor: 'anodot',
      kind: 'hang',
      match: `"timestamp":${windowWithLate(stage.events, 2 * HOUR_MS, 6 * HOUR_MS) / 1000}`,
    });
    await free(database);
    await stage.tick(LAST + 6 * HOUR);

    await killAt(
      stage,
      LAST + 23 * HOUR,
      { vendor: 'newrelic', endpoint: 'nr-events', kind: 'slow', match: '"revision":4' },
      async () =>
        (
          await database.query(
            "select claim from sentry_monitor_claims where revision = 4 and sink = 'anodot' and done = 0",
          )
        ).length === 0,
    );
    await free(database);
    const [last] = await stage.tick(LAST + 23 * HOUR);

    const { sent } = await assertTrue(stage, WINDOWS);
    assert.ok(sent > 50, `${sent} were sent`);
    await assertShares(stage, last!.body.late, WINDOWS);
    const told = stage.answers.map(
      ({ body }) =>
        body.corrections.filter(({ sinks }: { sinks: Record<string, { accepted: number }> }) =>
          Object.values(sinks).some(({ accepted }) => accepted > 0),
        ).length as number,
    );
    await until('the run events have the corrections', async () => {
      const { runEvents } = taken(await sandbox.received());
      return (
        runEvents.reduce((sum, { corrections }) => sum + Number(corrections), 0) ===
        told.reduce((sum, count) => sum + count, 0)
      );
    });
    stage.remove();
  });
});

/** Nothing is in the hands of the dead any more. */
async function free(database: TestDatabase): Promise<void> {
  await until(
    'the leases of the dead have run out',
    async () =>
      (
        await database.query(
          'select claim from sentry_monitor_claims where lease_until > extract(epoch from clock_timestamp()) * 1000',
        )
      ).length === 0,
  );
}

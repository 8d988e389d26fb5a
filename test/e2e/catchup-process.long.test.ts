import assert from 'node:assert/strict';
import { story } from '../support/catch-up/outages.ts';
import { endProcesses } from '../support/process/processes.ts';
import { startRemoteSandbox } from '../support/process/services.ts';
import { freshDatabase, type TestDatabase } from '../support/ledger/postgres.ts';

describe('real servers with one PostgreSQL, on a clock that is moved', function () {
  this.timeout(300_000);
  let database: TestDatabase;
  beforeEach(async () => (database = await freshDatabase()));
  afterEach(async () => {
    await endProcesses();
    await database.drop();
  });

  it('an hour without a sink, Sentry, every server, the database: afterwards each report is there once, with its count', async () => {
    const told = await story(
      [
        { outage: 'sink', moment: 'middle', windows: 12 },
        { outage: 'sentry', moment: 'middle', windows: 12 },
        { outage: 'servers', moment: 'middle', windows: 12 },
        { outage: 'database', moment: 'start', windows: 12 },
      ],
      3,
      await startRemoteSandbox(),
      database,
    );
    assert.ok(told.windows >= 4 * 12, String(told.windows));
    assert.ok(told.caughtUp >= 4 * 11 * 3, `${told.caughtUp} caught up`);
  });
});

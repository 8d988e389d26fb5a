import assert from 'node:assert/strict';
import pg from 'pg';
import { sql } from '../../../src/storage/ledger/index.ts';
import { depsOf } from '../../support/build/deps.ts';
import { postgresBox } from '../../support/ledger/ledgers.ts';
import { RUN } from '../../support/ledger/run-done.ts';
import { until } from '../../support/time/until.ts';

/** Another session, whose lock on a table of PostgreSQL ends with it. */
async function lockedTable(url: string, table: string): Promise<pg.Client> {
  const session = new pg.Client({ connectionString: url });
  session.on('error', () => undefined);
  await session.connect();
  await session.query(`begin; lock table ${table} in access exclusive mode`);
  return session;
}

describe('a PostgreSQL in which a single table is locked', () => {
  it('is not ready while only other tables can be written, and is when the lock is gone', async () => {
    const box = await postgresBox();
    const { part } = sql.read({ LEDGER_URL: box.url }).create(depsOf(), 'ledger');
    await part.open();
    // The first run prunes, which would meet the lock.
    await part.history.ended(RUN);
    const session = await lockedTable(box.url, 'sentry_monitor_claims');
    await part.open();
    assert.match(part.trouble!()!, /does not answer in time, somebody else may hold a lock/);
    await part.history.ended(RUN);
    assert.deepEqual([await part.health(), await part.health()], ['down', 'down']);
    await session.end();
    await until('it is ready', async () => (await part.health()) === 'ready', 30_000);
    await part.close();
    await box.close();
  });
});

import assert from 'node:assert/strict';
import pg from 'pg';
import { sql } from '../../../src/storage/ledger/index.ts';
import type { Ledger } from '../../../src/core/ports/ledger.ts';
import { depsOf } from '../../support/build/deps.ts';
import { KINDS, type LedgerBox, postgresBox } from '../../support/ledger/ledgers.ts';
import { until } from '../../support/time/until.ts';

const RUN = {
  runId: 'r',
  endedAt: 1,
  outcome: 'ok',
  sourceRequests: 0,
  sinkRequests: 0,
  reports: 0,
} as unknown as Parameters<Ledger['history']['ended']>[0];

/** Another session, whose lock on a table of PostgreSQL ends with it. */
async function lockedTable(url: string, table: string): Promise<pg.Client> {
  const session = new pg.Client({ connectionString: url });
  session.on('error', () => undefined);
  await session.connect();
  await session.query(`begin; lock table ${table} in access exclusive mode`);
  return session;
}

for (const { kind, open } of KINDS) {
  describe(`after a write failed, a ledger in ${kind}`, function () {
    this.timeout(60_000);
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());

    it('is proven by writes to every table that leave nothing behind', async () => {
      const { db } = await box.database.ready();
      const rows = (): Promise<unknown> => db.selectFrom('sentry_monitor_schema').selectAll().execute();
      const before = await rows();
      await box.database.prove();
      assert.deepEqual(await rows(), before);
      for (const table of ['claims', 'reports', 'runs', 'recounts'] as const) {
        await db.schema.alterTable(`sentry_monitor_${table}`).renameTo('elsewhere').execute();
        await assert.rejects(box.database.prove(), new RegExp(`sentry_monitor_${table}`));
        await db.schema.alterTable('elsewhere').renameTo(`sentry_monitor_${table}`).execute();
      }
      assert.match(box.database.failure()!, /sentry_monitor_recounts/);
      await box.database.prove();
      assert.equal(box.database.failure(), null);
    });

    it('does not forget what failed while it was proven', async () => {
      const { db } = await box.database.ready();
      const wrong = { version: 1, name: 'twice', breaking: 0 };
      const proof = box.database.prove();
      await Promise.all([proof, assert.rejects(db.insertInto('sentry_monitor_schema').values(wrong).execute())]);
      assert.notEqual(box.database.failure(), null);
      await box.database.prove();
      assert.equal(box.database.failure(), null);
    });

    it('is proven at the end of a run, although nobody asks how it is', async () => {
      const { part } = sql.read({ LEDGER_URL: box.url }).create(depsOf(), 'ledger');
      await part.open();
      const { db } = await box.database.ready();
      await db.schema.alterTable('sentry_monitor_runs').renameTo('elsewhere').execute();
      await assert.rejects(part.history.ended(RUN));
      assert.match(part.trouble!()!, /sentry_monitor_runs/);
      await db.schema.alterTable('elsewhere').renameTo('sentry_monitor_runs').execute();
      await part.history.ended(RUN);
      await until('it is proven', () => part.trouble!() === null);
      await part.close();
    });
  });
}

describe('a PostgreSQL in which a single table is locked', function () {
  this.timeout(90_000);

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

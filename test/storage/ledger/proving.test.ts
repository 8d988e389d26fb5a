import assert from 'node:assert/strict';
import { probe } from '../../../src/storage/database/probe.ts';
import { sql } from '../../../src/storage/ledger/index.ts';
import { depsOf } from '../../support/build/deps.ts';
import { createLogBook } from '../../support/build/scope.ts';
import { KINDS, type LedgerBox } from '../../support/ledger/ledgers.ts';
import { RUN } from '../../support/ledger/run-done.ts';
import { until } from '../../support/time/until.ts';

for (const { kind, open } of KINDS) {
  describe(`after a write failed, a ledger in ${kind}`, () => {
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

    it('is told by the look of `doctor` when a run could not write, although a small write passes', async () => {
      const { db } = await box.database.ready();
      const look = () =>
        probe(box.url, { now: Date.now, leaseMs: 30_000, log: createLogBook() }, async () => undefined);
      const { version, newest } = await look();
      assert.equal(version, newest);
      await db.schema.alterTable('sentry_monitor_claims').renameTo('elsewhere').execute();
      await assert.rejects(look(), ({ cause }: Error) => /sentry_monitor_claims/.test(String(cause)));
      await db.schema.alterTable('elsewhere').renameTo('sentry_monitor_claims').execute();
      await look();
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

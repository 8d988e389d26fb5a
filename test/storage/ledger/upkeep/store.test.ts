import assert from 'node:assert/strict';
import { sqlUpkeep } from '../../../../src/storage/ledger/upkeep/store.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

for (const { kind, open } of KINDS)
  describe(`work at set times in ${kind}`, () => {
    let box: LedgerBox;
    before(async () => (box = await open()));
    after(() => box.close());
    let names = 0;
    const store = () => sqlUpkeep(box.database, claimsDeps.uuid);

    it('is taken by one of many, once at each instant', async () => {
      const name = `work-${++names}`;
      const claim = (slot = 1) => store().claim(name, { slot, leaseMs: 60_000 });
      const all = await Promise.all(Array.from({ length: 8 }, () => claim()));
      const [mine, ...others] = all.filter((it) => it !== null);
      assert.deepEqual([mine!.failures, others], [0, []]);
      assert.equal(await store().renew(mine!.token, 60_000), true);
      assert.equal(await claim(2), null, 'somebody is at it');
      await store().settle(mine!.token, { failures: 0, againAt: null });
      assert.equal(await store().renew(mine!.token, 60_000), false);
      assert.equal(await claim(), null, 'it was begun');
      assert.notEqual(await claim(2), null);
    });

    it('that failed is tried again at its time; that of who died as soon as its lease is over', async () => {
      const name = `work-${++names}`;
      const claim = (leaseMs = 60_000) => store().claim(name, { slot: 1, leaseMs });
      const first = (await claim(0))!;
      const second = (await claim())!;
      assert.notEqual(first.token, second.token);
      await store().settle(first.token, { failures: 9, againAt: 0 });
      assert.equal(await claim(), null, 'it is another one’s');
      const now = await store().now();
      await store().settle(second.token, { failures: 1, againAt: now + 60_000 });
      assert.equal(await claim(), null, 'not yet');
      const { db } = await box.database.ready();
      await db.updateTable('sentry_monitor_upkeep').set({ again_at: now }).where('name', '=', name).execute();
      assert.deepEqual((await claim())!.failures, 1);
    });
  });

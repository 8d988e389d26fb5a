import assert from 'node:assert/strict';
import type { KeptWatch, WatchStore } from '../../../../src/core/ports/watches/watch-store.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import { sqlWatches } from '../../../../src/storage/ledger/watches/index.ts';
import { tellingIn } from '../../../support/alerting/stage.ts';
import { emptyAlerts } from '../../../support/alerting/tables.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const HOUR_MS = 3_600_000;
/** What no column of PostgreSQL takes as it is. */
const ODD = '{"title": "a\u0000b \ud83d"}';

const WHOLE = { good: null, last: null, past: '[]', state: '{}' };

for (const { kind, open } of KINDS)
  describe(`watches in ${kind}`, () => {
    let box: LedgerBox;
    let store: WatchStore;
    let slot = 1;
    before(async () => {
      box = await open();
      store = sqlWatches(box.database, claimsDeps.uuid);
    });
    beforeEach(async () => {
      await emptyAlerts(box.database);
      await (await box.database.ready()).db.deleteFrom('sentry_monitor_watches').execute();
      slot += 1;
    });
    after(() => box.close());

    const claim = (name = 'github', more: { isAsked?: boolean; leaseMs?: number } = {}) =>
      store.claim(name, { slot, leaseMs: 60_000, ...more });

    it('are taken by one of many, once in an interval', async () => {
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim()));
      assert.equal(claims.filter((it) => it !== null).length, 1);
      const { token, kept } = claims.find((it) => it !== null)!;
      assert.deepEqual([kept.good, kept.last, kept.past, kept.state], [null, null, [], {}]);
      assert.equal(await store.keep(token, { kept, alerts: [], tellings: [] }), true);
      assert.equal(await claim(), null, 'it was begun');
      assert.notEqual(await store.claim('github', { slot: slot + 1, leaseMs: 60_000 }), null, 'the next interval');
    });

    it('may be asked for now, but not while somebody looks', async () => {
      const { token, kept } = (await claim())!;
      assert.equal(await claim('github', { isAsked: true }), null);
      await store.keep(token, { kept, alerts: [], tellings: [] });
      assert.notEqual(await claim('github', { isAsked: true }), null);
    });

    it('keep the last good answer whole, with what is told of it; who was taken over keeps nothing', async () => {
      const outbox = sqlOutbox(box.database, claimsDeps);
      const first = (await claim('github', { leaseMs: 0 }))!;
      const second = (await claim('github', { isAsked: true }))!;
      const now = await store.now();
      const good = { at: now, value: 12, more: { ms: 3 }, answer: ODD };
      const kept: KeptWatch = {
        ...first.kept,
        good,
        last: { at: now, fault: null, failures: 0 },
        past: [[now, 12]],
        state: { isTold: true },
      };
      const telling = tellingIn('crm', 'github', 0);
      const looked = { kept, alerts: [], tellings: [telling] };
      assert.equal(await store.keep(first.token, looked), false);
      assert.deepEqual(await outbox.due(now + HOUR_MS), []);
      assert.equal(await store.keep(second.token, looked), true);
      assert.deepEqual(await outbox.due(now + HOUR_MS), ['crm']);
      assert.equal(await store.keep(second.token, looked), false, 'it was given back');
      const again = (await store.claim('github', { slot: slot + 1, leaseMs: 60_000 }))!;
      assert.deepEqual(again.kept, kept);
      assert.deepEqual(await store.all(), [{ ...kept, good: { ...good, answer: null } }]);
    });

    it('that something else wrote otherwise are refused, by name of what is wrong', async () => {
      await store.claim('github', { slot, leaseMs: 1 });
      const { db } = await box.database.ready();
      const columns = { good: '{"at":"noon"}', last: '[]', past: '[1]', state: '7' };
      for (const [column, text] of Object.entries(columns)) {
        await db
          .updateTable('sentry_monitor_watches')
          .set({ ...WHOLE, [column]: text })
          .execute();
        await assert.rejects(
          store.all(),
          new RegExp({ good: 'answer', last: 'look', past: 'past', state: 'state' }[column]!),
        );
      }
      await db.updateTable('sentry_monitor_watches').set(WHOLE).execute();
      assert.equal((await store.all()).length, 1);
    });
  });

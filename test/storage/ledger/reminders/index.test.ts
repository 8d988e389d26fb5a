import assert from 'node:assert/strict';
import type { ReminderStore } from '../../../../src/core/ports/reminders/reminder-store.ts';
import { reminderMessage } from '../../../../src/core/reminders/message.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import { sqlReminders } from '../../../../src/storage/ledger/reminders/index.ts';
import { emptyAlerts } from '../../../support/alerting/tables.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

for (const { kind, open } of KINDS)
  describe(`reminders in ${kind}`, () => {
    let box: LedgerBox;
    let store: ReminderStore;
    before(async () => {
      box = await open();
      store = sqlReminders(box.database);
    });
    beforeEach(async () => {
      await emptyAlerts(box.database);
      await (await box.database.ready()).db.deleteFrom('sentry_monitor_reminders').execute();
    });
    after(() => box.close());

    it('are told once by one of many, with their messages', async () => {
      await store.put([{ name: 'one', loadedAt: 5, toldTo: 100 }]);
      const message = (channel: string) => ({
        channel,
        message: reminderMessage({ name: 'one', day: '2026-11-30', channel }, ['Hi'], { now: 200, server: 'host-1' }),
      });
      const all = [message('ann/slack'), message('crm')];
      const told = await Promise.all(Array.from({ length: 8 }, () => store.told('one', 150, all, 200)));
      assert.equal(told.filter(Boolean).length, 1);
      assert.equal(await store.told('one', 150, [], 200), false);
      const outbox = sqlOutbox(box.database, claimsDeps);
      assert.deepEqual(
        (await outbox.messages({ from: 200, to: 201 })).map((it) => [it.message.id, it.channel, it.fate]),
        [
          ['reminder/one@2026-11-30/ann/slack', 'ann/slack', 'pending'],
          ['reminder/one@2026-11-30/crm', 'crm', 'pending'],
        ],
      );
      assert.deepEqual(await store.all(), [{ name: 'one', loadedAt: 5, toldTo: 150 }]);
      assert.equal(await store.told('other', 150, [], 200), false);
    });

    it('stay as they are when files are read again, and are forgotten', async () => {
      await store.put([]);
      await store.forget([]);
      await store.put([{ name: 'one', loadedAt: 5, toldTo: 100 }]);
      await store.put([{ name: 'one', loadedAt: 9, toldTo: 900 }]);
      await store.put([{ name: 'one', loadedAt: 7, toldTo: 900 }]);
      assert.deepEqual(await store.all(), [{ name: 'one', loadedAt: 9, toldTo: 100 }]);
      await store.forget(['one']);
      assert.deepEqual(await store.all(), []);
    });
  });

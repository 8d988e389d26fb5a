import assert from 'node:assert/strict';
import { forgetAlerts } from '../../../../src/storage/ledger/alerts/forget.ts';
import { sqlAlerts } from '../../../../src/storage/ledger/alerts/index.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import { keptIn, takeLease } from '../../../support/alerting/outbox-bench.ts';
import {
  decide,
  factsIn,
  issueIn,
  keepFacts,
  keptAlertIn,
  messageIn,
  tellingIn,
} from '../../../support/alerting/stage.ts';
import type { ALERT_TABLES } from '../../../support/alerting/tables.ts';
import { emptyAlerts } from '../../../support/alerting/tables.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 2026-11-20T10:00Z */
const AT = 1_795_168_800_000;

for (const { kind, open } of KINDS) {
  describe(`what is forgotten of alerts in ${kind}`, () => {
    let box: LedgerBox;
    before(async () => (box = await open()));
    beforeEach(() => emptyAlerts(box.database));
    after(() => box.close());

    /** Everything is made older by direct means: a real clock cannot be moved. */
    async function age(ms: number): Promise<void> {
      const { db } = await box.database.ready();
      await db
        .updateTable('sentry_monitor_tellings')
        .set(({ eb }) => ({ recorded_at: eb('recorded_at', '-', ms) }))
        .execute();
      await db
        .updateTable('sentry_monitor_messages')
        .set(({ eb }) => ({ created_at: eb('created_at', '-', ms) }))
        .execute();
    }
    const forget = async (): Promise<boolean> => forgetAlerts(await box.database.ready(), 15, await box.now());
    const count = async (table: (typeof ALERT_TABLES)[number]): Promise<number> =>
      (await (await box.database.ready()).db.selectFrom(table).selectAll().execute()).length;
    const alerts = () => sqlAlerts(box.database);
    const outbox = () => sqlOutbox(box.database, claimsDeps);

    it('messages and tellings that are settled go after MESSAGE_DAYS, and not before', async () => {
      const telling = tellingIn('ops', 'crm', AT);
      await decide(alerts(), { heads: [{ filter: 'crm', newest: AT, print: '', loadedAt: 1 }], tellings: [telling] });
      const token = await takeLease(outbox());
      const sent = keptIn('m1', await box.now(), { message: messageIn('m1'), fate: 'sent' });
      const tellings = [{ key: telling.key, fate: 'sent' as const, messageId: 'm1', reason: null }];
      await outbox().form('ops', token, { messages: [sent], tellings });
      await age(15 * DAY - HOUR);
      assert.equal(await forget(), true);
      assert.deepEqual([await count('sentry_monitor_tellings'), await count('sentry_monitor_messages')], [1, 1]);
      await age(2 * HOUR);
      await forget();
      assert.deepEqual([await count('sentry_monitor_tellings'), await count('sentry_monitor_messages')], [0, 0]);
    });

    it('what was never sent is given up first, and is seen for a day', async () => {
      const [waiting, inOpen] = [tellingIn('ops', 'crm', AT), tellingIn('ops', 'shop', AT)];
      await decide(alerts(), { tellings: [waiting, inOpen] }, ['crm', 'shop']);
      const token = await takeLease(outbox());
      const tellings = [
        { key: waiting.key, fate: 'muted' as const, messageId: null, reason: 'muted' },
        { key: inOpen.key, fate: 'pending' as const, messageId: 'm1', reason: null },
      ];
      await outbox().form('ops', token, { messages: [keptIn('m1', await box.now())], tellings });
      await age(15 * DAY + HOUR);
      await forget();
      const kept = await outbox().tellings({ from: AT, to: AT + 1 });
      assert.deepEqual(
        kept.map(({ fate, reason }) => [fate, reason]),
        Array.from({ length: 2 }, () => ['given up', 'it could not be told within 15 days']),
      );
      assert.deepEqual(await outbox().due(AT + 100 * DAY), []);
      await age(DAY - 2 * HOUR);
      await forget();
      assert.equal(await count('sentry_monitor_tellings'), 2);
      await age(2 * HOUR);
      await forget();
      assert.deepEqual([await count('sentry_monitor_tellings'), await count('sentry_monitor_messages')], [0, 0]);
    });

    it('alerts that last stay, those that ended go with their messages', async () => {
      const now = await box.now();
      await decide(alerts(), {
        alerts: [
          keptAlertIn('a', AT, { until: now - 16 * DAY }),
          keptAlertIn('b', AT, { until: now - 14 * DAY }),
          keptAlertIn('c', AT),
        ],
      });
      await forget();
      const { db } = await box.database.ready();
      const left = await db.selectFrom('sentry_monitor_alerts').select('filter').orderBy('filter').execute();
      assert.deepEqual(
        left.map(({ filter }) => filter),
        ['b', 'c'],
      );
    });

    it('what people did goes with messages; that somebody is at an alert stays as long as it lasts', async () => {
      const now = await box.now();
      const lasting = keptAlertIn('a', AT);
      await decide(alerts(), { alerts: [lasting, keptAlertIn('b', AT, { until: now - 16 * DAY })] });
      const done = { by: 'ann', kind: 'acknowledge', text: '', at: now - 16 * DAY } as const;
      await outbox().keepAction({ ...done, id: '1', target: lasting.alert.id });
      await outbox().keepAction({ ...done, id: '2', target: keptAlertIn('b', AT).alert.id });
      await outbox().keepAction({ ...done, id: '3', kind: 'mute', target: lasting.alert.id });
      await outbox().keepAction({ ...done, id: '4', kind: 'mute', target: 'm', at: now - 14 * DAY });
      await decide(alerts(), { heads: [{ filter: 'crm', newest: AT, print: '', loadedAt: 1 }] });
      await forget();
      const left = await outbox().actions({ from: 0, limit: 9 });
      assert.deepEqual(left.map(({ id }) => id).sort(), ['1', '4']);
    });

    it('days go after 90, an issue and who was told of it after 180, but key and first event never', async () => {
      const start = Math.floor((await box.now()) / DAY) * DAY - 80 * DAY;
      await keepFacts(alerts(), [factsIn('crm', start, { issues: [issueIn('1', 3), issueIn('2', 1)] })]);
      const key = { filter: 'crm', rule: 'new', channel: 'ops', at: start };
      const told = ['1', '1@2026-11-20', '2', '10'].map((subject) => ({ ...key, subject }));
      await decide(alerts(), { told });
      await forget();
      assert.deepEqual([await count('sentry_monitor_issue_windows'), await count('sentry_monitor_issue_days')], [0, 1]);
      const { db } = await box.database.ready();
      await db
        .updateTable('sentry_monitor_issue_days')
        .set({ day_start: start - 11 * DAY })
        .execute();
      await db
        .updateTable('sentry_monitor_told')
        .set({ told_at: start - 101 * DAY })
        .execute();
      await db
        .updateTable('sentry_monitor_issues')
        .set({ seen_at: start - 101 * DAY })
        .where('issue', '=', '2')
        .execute();
      await forget();
      assert.equal(await count('sentry_monitor_issue_days'), 0);
      const found = await alerts().look((trx) => trx.told(told));
      assert.deepEqual(found.map(({ subject }) => subject).sort(), ['1', '1@2026-11-20']);
      const known = await alerts().look((trx) => trx.issues('crm', ['1', '2']));
      assert.deepEqual([known.get('1')?.title, known.get('2')?.title], ['Error: number 1', null]);
      assert.equal(known.get('2')?.firstSeen, 1_795_000_000_000);
    });

    it('what was begun and never took effect goes; what is being written stays', async () => {
      const { db } = await box.database.ready();
      const [old, writing, fresh] = [
        await alerts().begin('old'),
        await alerts().begin('mail'),
        await alerts().begin('shop'),
      ];
      await alerts().begin('old');
      await db
        .updateTable('sentry_monitor_rule_heads')
        .set({ number: 9, writing })
        .where('filter', '=', 'mail')
        .execute();
      for (const [filter, number] of [
        ['old', old],
        ['mail', writing],
        ['shop', fresh],
      ] as const)
        await db.insertInto('sentry_monitor_decisions').values({ filter, number, part: 0, content: '{}' }).execute();
      await forget();
      const left = await db.selectFrom('sentry_monitor_decisions').select('filter').orderBy('filter').execute();
      assert.deepEqual(
        left.map(({ filter }) => filter),
        ['mail', 'shop'],
      );
    });

    it('nothing goes while the clocks differ by over 30 s', async () => {
      await decide(alerts(), { alerts: [keptAlertIn('crm', AT, { until: 1 })] });
      const at = async (skew: number): Promise<boolean> =>
        forgetAlerts(await box.database.ready(), 15, (await box.now()) + skew);
      assert.deepEqual([await at(40_000), await at(-40_000), await count('sentry_monitor_alerts')], [false, false, 1]);
      assert.deepEqual([await at(20_000), await count('sentry_monitor_alerts')], [true, 0]);
    });

    it('more rows than go at a time go all', async () => {
      const many = Array.from({ length: 1200 }, (_, n) => keptAlertIn('crm', AT + n * 300_000, { until: 1 }));
      await decide(alerts(), { alerts: many });
      await forget();
      assert.equal(await count('sentry_monitor_alerts'), 0);
    });
  });
}

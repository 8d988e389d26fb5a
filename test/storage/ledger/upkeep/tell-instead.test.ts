import assert from 'node:assert/strict';
import type { Telling } from '../../../../src/core/model/alerting/alert.ts';
import { PERIOD_MS } from '../../../../src/core/model/window.ts';
import { sqlAlerts } from '../../../../src/storage/ledger/alerts/index.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import { holdRestored, sqlRestores } from '../../../../src/storage/ledger/upkeep/restores.ts';
import { decide, keptAlertIn, messageIn, tellingIn } from '../../../support/alerting/stage.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const START = Date.parse('2026-11-20T10:00:00Z');
const LATER = START + 12 * PERIOD_MS;
/** That a restore put alerts of these filters on hold. */
const FILTERS = ['lasts', 'ended', 'single'] as const;
const REASON = 'it lasted after the restore, and was told anew';

for (const { kind, open } of KINDS)
  describe(`what lasts after a restore in ${kind}`, () => {
    let box: LedgerBox;
    before(async () => {
      box = await open();
      const outbox = sqlOutbox(box.database, claimsDeps);
      const until = { lasts: null, ended: START, single: null };
      const both = FILTERS.map((filter) => tellingIn('crm', filter, START));
      const others = [
        tellingIn('ops', 'lasts', START),
        tellingIn('crm', 'lasts', START, { news: 'repeat' }),
        tellingIn('ops', 'single', START),
      ];
      const alerts = FILTERS.map((filter) => keptAlertIn(filter, START, { until: until[filter] }));
      await decide(sqlAlerts(box.database), { alerts, tellings: [...both, ...others] }, [...FILTERS]);
      await put(outbox, 'crm', 'two', both.slice(0, 2));
      await put(outbox, 'ops', 'one', others.slice(0, 1));
      await holdRestored(await box.database.ready(), 'm_1_ledger.sqlite.gz');
    });
    after(() => box.close());

    async function put(
      outbox: ReturnType<typeof sqlOutbox>,
      channel: string,
      id: string,
      tellings: readonly Telling[],
    ) {
      const message = messageIn(id, { alerts: tellings.map(({ alert }) => alert) });
      await outbox.post(channel, message, START);
      const token = (await outbox.lease(channel, 60_000))!;
      const places = tellings.map(({ key }) => ({ key, fate: 'pending' as const, messageId: id, reason: null }));
      assert.equal(await outbox.form(channel, token, { messages: [], tellings: places }), true);
      await outbox.release(channel, token);
    }
    const anew = (channel: string, filter: string): Telling => {
      const { alert, ...telling } = tellingIn(channel, filter, START, { news: 'restored' });
      return { ...telling, alert, window: LATER, decidedAt: LATER };
    };
    const fates = async () => {
      const all = await sqlOutbox(box.database, claimsDeps).tellings({ from: 0, to: Number.MAX_SAFE_INTEGER });
      return all.map(({ news, channel, alert, fate, reason, messageId }) => {
        const because = reason === REASON ? ' told anew' : '';
        return `${news} ${alert.filter} ${channel} ${fate}${messageId === null ? '' : ` in ${messageId}`}${because}`;
      });
    };
    const messages = async () => {
      const all = await sqlOutbox(box.database, claimsDeps).listed({ limit: 9 });
      const line = (it: (typeof all)[number]): string =>
        [it.message.id, it.fate, ...it.message.alerts.map(({ filter }) => filter)].join(' ');
      return all.map(line).toSorted();
    };

    it('is known by what is held of its begin', async () => {
      const held = await sqlRestores(box.database).begins();
      assert.deepEqual(held.map(({ channel, alert }) => `${channel} ${alert.filter}`).toSorted(), [
        ...['crm lasts', 'crm single', 'ops lasts', 'ops single'],
      ]);
      assert.deepEqual(await messages(), ['one held lasts', 'two held lasts ended']);
    });

    it('is told once in place of all that is held of it, by many servers; what ended stays held', async () => {
      await sqlRestores(box.database).tellInstead([]);
      const tellings = [anew('crm', 'lasts'), anew('ops', 'lasts'), anew('crm', 'ended'), anew('crm', 'single')];
      await Promise.all([box.database, box.another()].map((database) => sqlRestores(database).tellInstead(tellings)));
      assert.deepEqual((await fates()).toSorted(), [
        'firing ended crm held in two',
        'firing lasts crm dropped told anew',
        'firing lasts ops dropped told anew',
        'firing single crm dropped told anew',
        'firing single ops held',
        'repeat lasts crm dropped told anew',
        'restored lasts crm pending',
        'restored lasts ops pending',
        'restored single crm pending',
      ]);
      assert.deepEqual(await messages(), ['one dropped lasts', 'two held ended']);
    });

    it('is not told when a person had sent what was held', async () => {
      assert.deepEqual(await sqlRestores(box.database).release(), { messages: 1, tellings: 1 });
      await sqlRestores(box.database).tellInstead([anew('ops', 'single')]);
      assert.deepEqual(
        (await fates()).filter((it) => it.includes('single ops')),
        ['firing single ops pending'],
      );
      assert.deepEqual(await messages(), ['one dropped lasts', 'two pending ended']);
    });
  });

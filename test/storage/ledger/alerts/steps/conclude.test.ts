import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { WindowFacts } from '../../../../../src/core/model/alerting/facts.ts';
import type { AlertStore, Decided } from '../../../../../src/core/ports/alerting/alert-store.ts';
import { sqlAlerts } from '../../../../../src/storage/ledger/alerts/index.ts';
import { sqlOutbox } from '../../../../../src/storage/ledger/outbox/index.ts';
import { at } from '../../../../support/alerting/engine/engine.ts';
import {
  atOnce,
  byKey,
  cutBy,
  cutSteps,
  fillLarge,
  leftIn,
  loud,
  openedIn,
} from '../../../../support/alerting/large-windows.ts';
import { tellingIn } from '../../../../support/alerting/stage.ts';
import { emptyAlerts } from '../../../../support/alerting/tables.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../../support/ledger/ledgers.ts';

/** After so many statements: before it takes effect, among the tellings, and not at all. */
const CRASHES = [11, 24, 60];

for (const { kind, open } of KINDS) {
  describe(`a window that is decided aside, in ${kind}`, () => {
    let box: LedgerBox;
    before(async () => {
      box = await open();
    });
    beforeEach(() => emptyAlerts(box.database));
    after(() => box.close());

    const fill = (facts: WindowFacts, alerts: AlertStore) => fillLarge(facts, alerts, box);
    /** All that is kept of a filter, and all that people may be told. */
    const all = async () => {
      const kept = await sqlAlerts(box.database).look(async (trx) => ({
        heads: await trx.heads(),
        state: await trx.statesBefore([{ filter: 'crm', at: at(99) }]),
        facts: await trx.facts([{ filter: 'crm', from: 0, to: at(99) }]),
        alerts: await trx.alerts([{ filter: 'crm', at: 0 }]),
        told: await trx.told([...Array(20).keys()].map((n) => toldKey(`i${n}`))),
      }));
      return {
        ...kept,
        tellings: byKey(await sqlOutbox(box.database, claimsDeps).tellings({ from: 0, to: at(99) })),
        open: await openedIn(box),
      };
    };
    const toldKey = (subject: string) => ({ filter: 'crm', rule: 'new', subject, channel: 'ops' });

    it('comes to what it comes to at once', async () => {
      for (const facts of [loud(1), loud(3), loud(2, 4)]) await fill(facts, atOnce(sqlAlerts(box.database)));
      const expected = await all();
      await emptyAlerts(box.database);
      for (const facts of [loud(1), loud(3), loud(2, 4)]) await fill(facts, sqlAlerts(box.database));
      same(await all(), expected);
      assert.ok(expected.open.length > 400, `${expected.open.length}`);
      assert.equal(await leftIn(box), 0);
    });

    it('is decided again when another server has decided the filter meanwhile, and under the lock in the end', async () => {
      for (const facts of [loud(1), loud(2, 4), loud(3)]) await fill(facts, sqlAlerts(box.database));
      const expected = (await all()).state;
      await emptyAlerts(box.database);
      const [own, other] = [sqlAlerts(box.database), sqlAlerts(box.another())];
      const others = [loud(1), loud(2, 4)];
      let looks = 0;
      const busy: AlertStore = {
        ...own,
        look: async (act) => {
          looks++;
          const result = await own.look(act);
          const [next] = others.splice(0, 1);
          if (next !== undefined) await fill(next, other);
          return result;
        },
      };
      await fill(loud(3), busy);
      assert.deepEqual([looks, others], [2, []]);
      same({ state: withoutIds((await all()).state) }, { state: withoutIds(expected) });
      assert.equal(await leftIn(box), 0);
    });

    it('that a crash cuts tells nobody of a part, and the next decision brings the rest', () => cutBy(CRASHES, box));

    if (kind === 'PostgreSQL')
      it('that was cut among the steps it took once is kept by the next decision', () => cutSteps(box));

    it('takes no effect where it began before another decision', async () => {
      const alerts = sqlAlerts(box.database);
      const number = await alerts.begin('crm');
      await fill(loud(1), atOnce(alerts));
      const before = await all();
      const decided: Decided = {
        heads: [{ filter: 'crm', newest: at(5), print: 'other', loadedAt: 9 }],
        states: [{ filter: 'crm', window: at(5), state: {} }],
        alerts: [],
        tellings: [tellingIn('ops', 'crm', at(5))],
        told: [],
      };
      assert.equal(await alerts.conclude({ filter: 'crm', number, facts: loud(5), decided }), false);
      same(await all(), before);
      assert.equal(await leftIn(box), 0);
    });
  });
}

/** NOTE: without a list of differences: that of some hundred kilobytes takes minutes. */
function same<T extends object>(found: T, expected: T): void {
  const others = Object.keys(expected).filter(
    (key) => !isDeepStrictEqual(found[key as keyof T], expected[key as keyof T]),
  );
  assert.deepEqual(others, []);
}

/** Ids of episodes are fixed when they are first kept. */
function withoutIds(state: unknown): unknown {
  return JSON.parse(JSON.stringify([...(state as ReadonlyMap<string, unknown>)]), (key, value: unknown) =>
    key === 'id' ? undefined : value,
  );
}

import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { decideWindows } from '../../../../../src/core/alerts/decide/decide-windows.ts';
import type { WindowFacts } from '../../../../../src/core/model/alerting/facts.ts';
import type { Filter } from '../../../../../src/core/model/filter.ts';
import { HOUR_MS } from '../../../../../src/core/model/window.ts';
import type { AlertStore, Decided } from '../../../../../src/core/ports/alerting/alert-store.ts';
import type { KeptTelling } from '../../../../../src/core/ports/alerting/outbox.ts';
import type { Database } from '../../../../../src/storage/database/database.ts';
import { sqlAlerts } from '../../../../../src/storage/ledger/alerts/index.ts';
import { sqlHistory } from '../../../../../src/storage/ledger/history.ts';
import { sqlOutbox } from '../../../../../src/storage/ledger/outbox/index.ts';
import { at } from '../../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../../support/alerting/engine/rules.ts';
import { factsIn, issueIn, tellingIn } from '../../../../support/alerting/stage.ts';
import { stoppingAfter } from '../../../../support/alerting/stopping.ts';
import { emptyAlerts } from '../../../../support/alerting/tables.ts';
import { reportFor } from '../../../../support/alerting/whole/play.ts';
import { filterOf } from '../../../../support/build/reports.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../../support/ledger/ledgers.ts';

const EACH = ruleOf('events > 20', { each: 'issue', clear: 1, tell: ['ops'] });
const CRM = filterOf({ name: 'crm', alerts: [EACH, ruleOf('new', { tell: ['ops'] })] });

/** So many issues that they are decided in steps: of 130 too many events, 20 of them new. */
function loud(window: number, events = 21): WindowFacts {
  return factsIn('crm', at(window), {
    issues: Array.from({ length: 501 }, (_, n) =>
      issueIn(`i${n}`, n < 130 ? events : 1, { isNew: n < 20, firstSeen: n < 20 ? at(window) : at(-9) }),
    ),
  });
}

/** After so many statements: before it takes effect, after it, among the tellings, and not at all; else after each. */
const CRASHES = process.env['TEST_ALL'] === undefined ? [13, 24, 35, 60] : [...Array(60).keys()];

for (const { kind, open } of KINDS) {
  describe(`a window that is decided in steps, in ${kind}`, () => {
    let box: LedgerBox;
    before(async () => {
      box = await open();
    });
    beforeEach(() => emptyAlerts(box.database));
    after(() => box.close());

    const decide = (facts: WindowFacts, alerts: AlertStore, filter: Filter = CRM) =>
      decideWindows([{ filter, facts }], { alerts, now: facts.window.end + HOUR_MS, loadedAt: 1, pageOf: () => null });
    const fill = async (facts: WindowFacts, alerts: AlertStore): Promise<void> => {
      await sqlHistory(box.database, claimsDeps).put([reportFor(facts)]);
      await decide(facts, alerts);
    };
    const outbox = (database: Database = box.database) => sqlOutbox(database, claimsDeps);
    /** All that is kept of a filter, and all that people may be told. */
    const all = async () => {
      const kept = await sqlAlerts(box.database).look(async (trx) => ({
        heads: await trx.heads(),
        state: await trx.statesBefore([{ filter: 'crm', at: at(99) }]),
        facts: await trx.facts([{ filter: 'crm', from: 0, to: at(99) }]),
        alerts: await trx.alerts([{ filter: 'crm', at: 0 }]),
        told: await trx.told([...Array(20).keys()].map((n) => toldKey(`i${n}`))),
      }));
      return { ...kept, tellings: byKey(await outbox().tellings({ from: 0, to: at(99) })), open: await opened() };
    };
    const toldKey = (subject: string) => ({ filter: 'crm', rule: 'new', subject, channel: 'ops' });
    const opened = async () => byKey((await outbox().open('ops')).tellings).map(({ key }) => key);
    const atOnce = ({ learn, transaction, look }: AlertStore): AlertStore => ({ learn, transaction, look });

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

    it('that a crash cuts tells nobody of a part, and the next decision brings the rest', async () => {
      await fill(loud(1), sqlAlerts(box.database));
      const expected = (await all()).open;
      let [isOver, parts] = [false, 0];
      for (const after of CRASHES) {
        await emptyAlerts(box.database);
        const stopping = stoppingAfter(box.database, after);
        await fill(loud(1), sqlAlerts(stopping.database)).catch(() => undefined);
        isOver = stopping.left() >= 0;
        const told = await opened();
        assert.ok([0, expected.length].includes(told.length), `${told.length} after ${after} statements`);
        assert.deepEqual(await outbox().due(at(99)), told.length === 0 ? [] : ['ops']);
        if ((await leftIn(box)) > 0) parts++;
        await fill(loud(1), atOnce(sqlAlerts(box.another())));
        assert.deepEqual(await opened(), expected);
      }
      assert.deepEqual([isOver, parts > 2], [true, true], `${parts} crashes left parts`);
    });

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

function byKey(all: readonly KeptTelling[]): readonly KeptTelling[] {
  return all.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** Ids of episodes are fixed when they are first kept. */
function withoutIds(state: unknown): unknown {
  return JSON.parse(JSON.stringify([...(state as ReadonlyMap<string, unknown>)]), (key, value: unknown) =>
    key === 'id' ? undefined : value,
  );
}

async function leftIn({ database }: LedgerBox): Promise<number> {
  const { db } = await database.ready();
  return (await db.selectFrom('sentry_monitor_decisions').select('part').execute()).length;
}

import assert from 'node:assert/strict';
import { decideWindows } from '../../../../src/core/alerts/decide/decide-windows.ts';
import type { AlertStore, FilterSpan, WindowTotal } from '../../../../src/core/ports/alerting/alert-store.ts';
import { PERIOD_MS } from '../../../../src/core/model/window.ts';
import { sqlAlerts } from '../../../../src/storage/ledger/alerts/index.ts';
import { rollUp } from '../../../../src/storage/ledger/alerts/roll-up.ts';
import { sqlHistory } from '../../../../src/storage/ledger/history.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import type { Database } from '../../../../src/storage/database/database.ts';
import { alertsContract } from '../../../contract/alerting/index.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { type AlertStage, factsIn, issueIn, keepFacts, reportIn, seen } from '../../../support/alerting/stage.ts';
import { emptyAlerts } from '../../../support/alerting/tables.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

function stageIn(box: LedgerBox): AlertStage {
  const at = (database: Database) => ({ alerts: sqlAlerts(database), outbox: sqlOutbox(database, claimsDeps) });
  const other = box.another();
  return {
    ...at(box.database),
    another: () => at(other),
    keep: (reports) => sqlHistory(box.database, claimsDeps).put(reports),
    tidy: async () => {
      while (await rollUp(await box.database.ready()));
    },
    pass: box.pass,
    now: box.now,
  };
}

/** Without when they were kept. */
async function totalsSeen(stage: AlertStage, span: FilterSpan): Promise<readonly WindowTotal[]> {
  const all = await seen(stage, span, (trx, asks) => trx.totals(asks));
  return all.map(({ recordedAt: _at, ...total }) => total);
}

/** One database for all tests of a kind: each begins with empty tables. */
for (const { kind, open } of KINDS) {
  describe(`alerts in ${kind}`, () => {
    let box: LedgerBox;
    let stage: AlertStage;
    before(async () => {
      box = await open();
      stage = stageIn(box);
    });
    beforeEach(() => emptyAlerts(box.database));
    after(() => box.close());

    alertsContract(() => stage);

    for (const [count, before] of [
      [100, 0],
      [101, 101],
      [251, 251],
    ] as const)
      it(`of ${count} issues of a window ${before} are learned before others wait for its deciding`, async () => {
        const at = Math.floor((await stage.now()) / PERIOD_MS - 1) * PERIOD_MS;
        const issues = Array.from({ length: count }, (_, n) => issueIn(`i${n}`, 1));
        const facts = factsIn('crm', at, { issues });
        const ids = issues.map(({ id }) => id);
        const known = async (): Promise<number> => (await stage.alerts.look((trx) => trx.issues('crm', ids))).size;
        let [atFirst, windows] = [-1, -1];
        const begins = async (): Promise<void> => {
          atFirst = await known();
          windows = (await seen(stage, { filter: 'crm', from: at, to: at + 1 }, (trx, asks) => trx.facts(asks))).length;
        };
        const watched: AlertStore = {
          ...stage.alerts,
          transaction: async (act) => (await begins(), stage.alerts.transaction(act)),
          begin: async (filter) => (await begins(), stage.alerts.begin!(filter)),
        };
        await stage.keep([reportIn('crm', at)]);
        const filter = filterOf({ name: 'crm', alerts: [ruleOf('events > 100')] });
        await decideWindows([{ filter, facts }], { alerts: watched, now: at, loadedAt: 1, pageOf: () => null });
        const span = { filter: 'crm', from: at, to: at + 1 };
        const [kept] = await seen(stage, span, (trx, asks) => trx.facts(asks));
        assert.deepEqual([atFirst, windows, await known()], [before, 0, count]);
        assert.deepEqual(kept!.issues, issues);
      });

    it('a report of totals alone, beside the issues that were decided by, keeps these and what they lacked', async () => {
      const at = Math.floor((await stage.now()) / PERIOD_MS - 1) * PERIOD_MS;
      const lacks = ['totals', 'issues', 'details'] as const;
      const gaps = lacks.map((part) => ({ part, reason: 'not_answered' }) as const);
      const first = factsIn('crm', at, { complete: false, lacks, issues: [issueIn('1', 1)] });
      await stage.keep([reportIn('crm', at, { gaps, complete: false })]);
      await keepFacts(stage.alerts, [first]);
      const totals = [{ project: 'crm-web', projectId: '11', events: 75, users: 41, issues: null }];
      await stage.keep([reportIn('crm', at, { revision: 1, totals })]);
      const span = { filter: 'crm', from: at, to: at + 1 };
      const now = { events: 75, users: 41, complete: false, lacks: ['issues', 'details'] };
      assert.deepEqual(await seen(stage, span, (trx, asks) => trx.facts(asks)), [{ ...first, ...now, revision: 1 }]);
      assert.deepEqual(await totalsSeen(stage, span), [{ start: at, ...now, silent: false }]);
    });

    it('a report that is kept and not decided yet has totals, and its issues are no zeros', async () => {
      const at = Math.floor((await stage.now()) / PERIOD_MS - 1) * PERIOD_MS;
      await stage.keep([reportIn('crm', at)]);
      assert.deepEqual(await totalsSeen(stage, { filter: 'crm', from: at, to: at + 1 }), [
        { start: at, events: 60, users: 40, complete: true, lacks: ['issues'], silent: false },
      ]);
    });
  });
}

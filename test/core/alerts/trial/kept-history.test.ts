import assert from 'node:assert/strict';
import { keptHistory } from '../../../../src/core/alerts/trial/kept-history.ts';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { AlertStore, WindowTotal } from '../../../../src/core/ports/alerting/alert-store.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { factsIn } from '../../../support/alerting/stage.ts';
import { filterOf } from '../../../support/build/reports.ts';

const FIVE = 300_000;
const total = (slot: number, events: number): WindowTotal => ({
  ...{ start: slot * FIVE, events, users: 1, complete: true, lacks: [], silent: false },
});

describe('what a ledger kept of a filter', () => {
  const read = (rule: string, whole: readonly WindowFacts[], totals: readonly WindowTotal[], projects = ['web']) => {
    const trx = { facts: async () => new Map([['crm', whole]]), totals: async () => new Map([['crm', totals]]) };
    const alerts = { look: (work: (it: unknown) => unknown) => work(trx) } as unknown as AlertStore;
    const filter = filterOf({ name: 'crm', projects, alerts: [ruleOf(rule)] });
    return keptHistory(filter, { start: 0, end: 3 * FIVE }, alerts);
  };
  const TOTALS = [total(0, 4), total(1, 0), total(2, 9)];

  it('has windows by their totals where the issues are gone, and says what they lack', async () => {
    const { facts, from } = await read('new', [factsIn('crm', 2 * FIVE)], TOTALS, ['web', 'api']);
    assert.deepEqual(
      facts.map(({ events, lacks, usersAtLeast }) => [events, lacks, usersAtLeast]),
      [
        [4, ['issues', 'details', 'baselines'], true],
        [0, [], true],
        [60, [], false],
      ],
    );
    assert.equal(from, FIVE, 'from behind the last window that had issues which are gone');
  });

  it('begins with its first window for rules that need no issues, and nowhere where there is none', async () => {
    assert.equal((await read('events > 20', [], TOTALS)).from, 0);
    assert.equal((await read('new', [], [])).from, null);
  });
});

import assert from 'node:assert/strict';
import { withNewTotals } from '../../../src/storage/alerts/new-totals.ts';
import { factsIn, issueIn } from '../../support/alerting/stage.ts';

describe('a window whose totals alone were counted again', () => {
  it('has the new numbers, the old issues, and lacks what the old count lacked of them', () => {
    const before = factsIn('crm', 0, { complete: false, lacks: ['totals', 'details'], issues: [issueIn('1', 3)] });
    const now = factsIn('crm', 0, { revision: 1, events: 9, users: 4, usersAtLeast: true, silent: true });
    assert.deepEqual(withNewTotals(before, now), {
      ...before,
      revision: 1,
      events: 9,
      users: 4,
      usersAtLeast: true,
      silent: true,
      lacks: ['details'],
      complete: true,
    });
  });

  it('is not complete while its totals or its issues are not', () => {
    const whole = factsIn('crm', 0);
    const lacksTotals = factsIn('crm', 0, { complete: false, lacks: ['totals'] });
    const lacksIssues = factsIn('crm', 0, { complete: false, lacks: ['issues'] });
    assert.equal(withNewTotals(whole, lacksTotals).complete, false);
    assert.equal(withNewTotals(lacksIssues, whole).complete, false);
    assert.equal(withNewTotals(lacksTotals, whole).complete, true);
  });
});

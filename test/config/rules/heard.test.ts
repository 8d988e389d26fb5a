import assert from 'node:assert/strict';
import { heard } from '../../../src/config/rules/of-filter.ts';
import { rulesOf } from '../../support/rules/rules.ts';

describe('rules whose channels cannot be used', () => {
  const rules = rulesOf([
    { when: 'events > 100', tell: ['crm', 'boss'] },
    { when: 'new', tell: ['boss'] },
    { when: 'any', tell: [] },
  ]);
  const namesIn = (found: readonly { readonly name: string; readonly tell: readonly string[] }[] = []) =>
    found.map(({ name, tell }) => `${name}: ${tell.join()}`);

  it('tell the others; those that have none left are frozen, and no rule that told nobody is', () => {
    const { alerts, untold, frozen } = heard(rules, new Set(['boss']));
    assert.deepEqual(namesIn(alerts), ['events > 100: crm']);
    assert.deepEqual(namesIn(untold), ['new: ', 'any: ']);
    assert.deepEqual(frozen, ['new']);
  });

  it('are escalated to those that are left, and to nobody where there is none', () => {
    const escalate = { after: '30m', tell: ['boss', 'night'] };
    const some = rulesOf([{ when: 'events > 100', tell: ['crm'], escalate }]);
    const laterIn = (lost: readonly string[]) =>
      heard(some, new Set(lost)).alerts?.map((rule) => [rule.tell.join(), rule.escalate]);
    assert.deepEqual(laterIn([]), [['crm', { afterMs: 1_800_000, tell: ['boss', 'night'] }]]);
    assert.deepEqual(laterIn(['boss']), [['crm', { afterMs: 1_800_000, tell: ['night'] }]]);
    assert.deepEqual(laterIn(['boss', 'night']), [['crm', undefined]]);
  });

  it('are none where all channels can be used', () => {
    assert.deepEqual(Object.keys(heard(rules, new Set())), ['alerts', 'untold']);
  });
});

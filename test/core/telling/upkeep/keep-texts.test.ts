import assert from 'node:assert/strict';
import type { FileText } from '../../../../src/core/ports/alerting/file-texts.ts';
import { keepTexts } from '../../../../src/core/telling/upkeep/keep-texts.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { ruleWith } from '../../../support/build/users-rules.ts';

const RULED = filterOf({ name: 'crm', alerts: [ruleWith({ kind: 'new' }, 'issue')] });
const textsOf = (text: string) => new Map([['crm.yaml', { text, since: 5 }]]);

describe('the last good texts', () => {
  it('are kept once until files change, again when keeping failed, and never without rules', async () => {
    const kept: FileText[] = [];
    let isAway = true;
    let inForce = { filters: [filterOf({ name: 'crm' })], digests: [] as string[], texts: textsOf('a') };
    const { work } = keepTexts({
      texts: { all: async () => [], keep: async (texts) => (isAway ? assert.fail('away') : void kept.push(...texts)) },
      inForce: () => inForce,
    });
    await work(scopeOf());
    inForce = { filters: [RULED], digests: [], texts: textsOf('b') };
    await assert.rejects(work(scopeOf()), /away/);
    isAway = false;
    for (let turn = 0; turn < 2; turn++) await work(scopeOf());
    assert.deepEqual(kept, [{ path: 'crm.yaml', text: 'b', since: 5 }]);
    inForce = { filters: [RULED], digests: [], texts: textsOf('c') };
    await work(scopeOf());
    assert.deepEqual(kept.at(-1), { path: 'crm.yaml', text: 'c', since: 5 });
  });
});

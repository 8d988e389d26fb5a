import assert from 'node:assert/strict';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';
import { at, startEngine } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

describe('the end of what an issue did', () => {
  it('is told by its title and link, though it has no events any more', async () => {
    const engine = startEngine();
    const rules = [ruleOf('trending', { clear: 1 })];
    const surge = issueIn('7', 60, { trending: true, score: 9, expected: 1 });
    await engine.decide([factsIn('crm', at(1), { issues: [surge] })], rules);
    await engine.decide([factsIn('crm', at(2))], rules);

    const [firing, resolved] = await engine.tellings();
    assert.equal(resolved!.alert.state, 'resolved');
    assert.deepEqual(resolved!.alert.subject, {
      kind: 'issue',
      id: '7',
      title: 'Error: number 7',
      project: 'crm-web',
      url: 'https://acme.sentry.io/issues/7/',
    });
    assert.deepEqual(firing!.alert.subject, resolved!.alert.subject);
  });
});

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

  it('is told so, also where it went on for windows without events of it', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100 in 15m', { each: 'issue', clear: 1 })];
    await engine.decide([factsIn('crm', at(1), { issues: [issueIn('7', 150)] })], rules);
    for (const count of [2, 3, 4]) await engine.decide([factsIn('crm', at(count))], rules);

    const subjects = (await engine.tellings()).map(({ alert }) => [
      alert.state,
      alert.subject.title,
      alert.subject.url,
    ]);
    const [title, url] = ['Error: number 7', 'https://acme.sentry.io/issues/7/'];
    assert.deepEqual(subjects, [
      ['firing', title, url],
      ['resolved', title, url],
    ]);
  });

  it('is told so, also where the window that it began in has no events of it any more', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100', { each: 'issue', clear: 1 })];
    await engine.decide([factsIn('crm', at(1), { issues: [issueIn('7', 150)] })], rules);
    await engine.decide([factsIn('crm', at(1), { revision: 1 })], rules);
    await engine.decide([factsIn('crm', at(2))], rules);

    const told = (await engine.tellings()).map(({ news, alert }) => [news, alert.subject.title]);
    assert.deepEqual(told, [
      ['firing', 'Error: number 7'],
      ['changed', 'Error: number 7'],
      ['resolved', 'Error: number 7'],
    ]);
  });
});

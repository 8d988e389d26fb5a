import assert from 'node:assert/strict';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';
import { at, factsOfEvents, startEngine } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

describe('deciding windows', () => {
  it('a count over the limit fires, and three windows below it resolve', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100')];
    for (const facts of factsOfEvents([100, 101, 20, 20, 20, 20])) await engine.decide([facts], rules);

    assert.deepEqual(await engine.told(), ['firing ops crm@2', 'resolved ops crm@5']);
    const [firing, resolved] = await engine.tellings();
    assert.deepEqual(firing!.alert, {
      id: 'crm/events > 100/crm@2026-11-20T10:05:00.000Z',
      state: 'firing',
      severity: 'warning',
      filter: 'crm',
      team: 'crm',
      rule: 'events > 100',
      subject: { kind: 'filter', id: 'crm', title: 'crm' },
      since: '2026-11-20T10:05:00.000Z',
      window: { start: '2026-11-20T10:05:00.000Z', end: '2026-11-20T10:10:00.000Z' },
      value: 101,
      limit: 100,
      expected: null,
      atLeast: false,
      late: false,
      why: '101 events in 10:05–10:10 UTC (limit 100)',
      endsWhen: 'three windows in a row with at most 100 events',
      runbook: null,
      page: null,
    });
    assert.equal(resolved!.alert.id, firing!.alert.id);
    assert.equal(resolved!.alert.why, '20 events in 10:20–10:25 UTC (limit 100)');
    assert.equal(resolved!.alert.window.start, '2026-11-20T10:20:00.000Z');
  });

  it('a window that is decided again changes nothing', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100'), ruleOf('any')];
    const facts = factsIn('crm', at(1), { events: 101, issues: [issueIn('7', 101)] });
    const [first] = await engine.decide([facts], rules);
    const before = await engine.tellings();
    const [again] = await engine.decide([facts], rules, { now: at(400) });

    assert.equal(before.length, 2);
    assert.deepEqual(await engine.tellings(), before);
    assert.deepEqual(
      again!.tellings.map(({ key, alert }) => [key, alert]),
      first!.tellings.map(({ key, alert }) => [key, alert]),
    );
  });

  it('a new issue is told once', async () => {
    const engine = startEngine();
    const rules = [ruleOf('new')];
    const issues = [issueIn('7', 3, { isNew: true, firstSeen: at(1) + 1_000 })];
    await engine.decide([factsIn('crm', at(1), { issues })], rules);
    await engine.decide([factsIn('crm', at(2), { issues })], rules);

    assert.deepEqual(await engine.told(), ['told ops 7@1']);
  });

  it('a trending issue fires, and its absence in three windows resolves', async () => {
    const engine = startEngine();
    const trend = { trending: true, score: 10.68, expected: 3.2 };
    await engine.decide([factsIn('crm', at(1), { issues: [issueIn('7', 52, trend)] })], [ruleOf('trending')]);
    for (const window of [2, 3, 4]) await engine.decide([factsIn('crm', at(window))], [ruleOf('trending')]);

    assert.deepEqual(await engine.told(), ['firing ops 7@1', 'resolved ops 7@4']);
    const [firing] = await engine.tellings();
    assert.equal(firing!.alert.why, '52 events in 10:00–10:05 UTC where 3.2 were expected (score 10.7, limit 4)');
  });

  it('an ordinary window of any number of filters costs four statements', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100'), ruleOf('trending')];
    const all = Array.from({ length: 50 }, (_, index) => factsIn(`crm-${index}`, at(1), { events: 101 }));
    await engine.decide(all, rules);

    assert.deepEqual(engine.asked, ['lock', 'statesBefore', 'keepFacts', 'write']);
    assert.equal((await engine.tellings()).length, 50);
  });
});

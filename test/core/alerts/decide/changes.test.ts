import assert from 'node:assert/strict';
import { endFilters } from '../../../../src/core/alerts/decide/end-filters.ts';
import { KINDS } from '../../../../src/core/alerts/judge/kinds.ts';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';
import { at, factsOfEvents, startEngine } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

const loud = (window: number) => factsIn('crm', at(window), { events: 150 });
const quiet = (window: number) => factsIn('crm', at(window), { events: 1 });

describe('rules that change', () => {
  it('one that is gone ends its episode', async () => {
    const engine = startEngine();
    await engine.decide([loud(1)], [ruleOf('events > 100')]);
    await engine.decide([loud(2)], [ruleOf('new')]);
    await engine.decide([loud(3)], [ruleOf('new')]);

    assert.deepEqual(await engine.told(), ['firing ops crm@1', 'resolved ops crm@2']);
    assert.equal((await engine.tellings())[1]!.alert.why, 'rule changed');
  });

  it('one that is another sentence under the same name ends its episode, and begins anew', async () => {
    const engine = startEngine();
    await engine.decide([loud(1)], [ruleOf('events > 100', { name: 'loud' })]);
    await engine.decide([loud(2)], [ruleOf('users > 50', { name: 'loud' })]);

    assert.deepEqual(await engine.told(), ['firing ops crm@1', 'resolved ops crm@2']);
  });

  it('one that changed in its numbers takes over the open episode', async () => {
    const engine = startEngine();
    await engine.decide([loud(1)], [ruleOf('events > 100')]);
    for (const window of [2, 3]) await engine.decide([loud(window)], [ruleOf('events > 200')]);
    assert.deepEqual(await engine.told(), ['firing ops crm@1']);
    await engine.decide([loud(4)], [ruleOf('events > 200')]);

    assert.deepEqual(await engine.told(), ['firing ops crm@1', 'resolved ops crm@4']);
    const [firing, resolved] = await engine.tellings();
    assert.equal(resolved!.alert.id, firing!.alert.id);
    assert.equal(resolved!.alert.rule, 'events > 200');
  });

  it('one that a faulty file keeps from being decided stays as it is', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100'), ruleOf('new')];
    await engine.decide([loud(1)], rules);
    for (const window of [2, 3, 4, 5]) await engine.decide([quiet(window)], [rules[1]!], { frozen: ['events > 100'] });
    assert.deepEqual(await engine.told(), ['firing ops crm@1']);
    for (const window of [6, 7, 8]) await engine.decide([quiet(window)], rules);

    assert.deepEqual(await engine.told(), ['firing ops crm@1', 'resolved ops crm@8']);
  });

  it('one that is frozen is taken over by none that differs only in its numbers', async () => {
    const engine = startEngine();
    const [one, other] = [ruleOf('events > 100'), ruleOf('events > 200', { tell: ['boss'] })];
    await engine.decide([loud(1)], [one]);
    await engine.decide([loud(2)], [other], { frozen: ['events > 100'] });
    await engine.decide([loud(3)], [one, other]);
    for (const window of [4, 5, 6]) await engine.decide([quiet(window)], [one, other]);

    assert.deepEqual(await engine.told(), ['firing ops crm@1', 'resolved ops crm@6']);
  });

  it('a new recipient is told what still holds, and its end; one who was not told hears of no end', async () => {
    const engine = startEngine();
    const [one, two] = [ruleOf('events > 100'), ruleOf('events > 100', { tell: ['ops', 'boss'] })];
    await engine.decide([loud(1)], [one]);
    await engine.decide([loud(2)], [two]);
    for (const window of [3, 4, 5]) await engine.decide([quiet(window)], [two]);
    assert.deepEqual(await engine.told(), [
      'firing ops crm@1',
      'firing boss crm@2',
      'resolved ops crm@5',
      'resolved boss crm@5',
    ]);

    await engine.decide([loud(6)], [one]);
    for (const window of [7, 8, 9]) await engine.decide([quiet(window)], [two]);
    assert.deepEqual((await engine.told()).slice(4), ['firing ops crm@6', 'resolved ops crm@9']);
  });

  it('those of a filter that has none any more end, once', async () => {
    const engine = startEngine();
    await engine.decide([loud(1)], [ruleOf('events > 100')]);
    const deps = { alerts: engine.alerts, now: at(3), loadedAt: 2 };
    const gone = ['crm', 'shop'];
    assert.equal((await endFilters(gone, deps)).length, 1);
    assert.deepEqual(await endFilters(gone, deps), []);
    assert.deepEqual(await endFilters(gone, { ...deps, loadedAt: 1 }), []);

    assert.deepEqual(await engine.told(), ['firing ops crm@1', 'resolved ops crm@1']);
    const { alert } = (await engine.tellings())[1]!;
    assert.deepEqual([alert.state, alert.why, alert.team], ['resolved', 'rule removed', 'crm']);
  });

  it('those of a filter that a server with newer files decides do not end', async () => {
    const engine = startEngine();
    await engine.decide([loud(1)], [ruleOf('events > 100')], { loadedAt: 20 });
    assert.deepEqual(await endFilters(['crm'], { alerts: engine.alerts, now: at(3), loadedAt: 10 }), []);
    assert.deepEqual(await engine.told(), ['firing ops crm@1']);
  });

  it('a server with older files decides nothing, and says so', async () => {
    const engine = startEngine();
    await engine.decide([loud(1)], [ruleOf('events > 100')], { loadedAt: 20 });
    const [outdated] = await engine.decide([quiet(2)], [ruleOf('events > 200')], { loadedAt: 10 });
    assert.equal(outdated!.isOutdated, true);
    assert.deepEqual(engine.asked, ['lock']);
    const [same] = await engine.decide([quiet(2)], [ruleOf('events > 100')], { loadedAt: 10 });
    assert.equal(same!.isOutdated, false);
  });
});

describe('rules that break', () => {
  it('by one issue are right for all others, and nothing is told twice when they are mended', async () => {
    const engine = startEngine();
    const rules = [ruleOf('any'), ruleOf('events > 0', { each: 'issue' })];
    const { any } = KINDS;
    const judge: typeof any.judge = (rule, moment) => {
      const ofOne = any.judge(rule, moment);
      return (id) => (id === '7' ? assert.fail('no seven') : ofOne(id));
    };
    const facts = factsIn('crm', at(1), { issues: ['6', '7', '8'].map((id) => issueIn(id, 1)) });
    const [broken] = await engine.decide([facts], rules, { kinds: { ...KINDS, any: { ...any, judge } } });
    assert.deepEqual(broken!.broken, [{ rule: 'any', error: '7: internal error: no seven' }]);
    const told = ['told ops 6@1', 'told ops 8@1', 'firing ops 6@1', 'firing ops 7@1', 'firing ops 8@1'];
    assert.deepEqual(await engine.told(), told);

    const [mended] = await engine.decide([facts], rules);
    assert.deepEqual(mended!.broken, []);
    assert.deepEqual(await engine.told(), [...told, 'told ops 7@1 late']);
  });

  it('wholly keep their state, and the others are decided', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100'), ruleOf('users > 50')];
    await engine.decide([factsIn('crm', at(1), { events: 150, users: 10 })], rules);
    const kinds = { ...KINDS, events: { ...KINDS.events, judge: () => assert.fail('broken') } };
    const [broken] = await engine.decide([factsIn('crm', at(2), { events: 1, users: 60 })], rules, { kinds });
    assert.deepEqual(broken!.broken, [{ rule: 'events > 100', error: 'internal error: broken' }]);
    for (const window of [3, 4, 5]) await engine.decide([factsIn('crm', at(window), { events: 1, users: 60 })], rules);

    assert.deepEqual(await engine.told(), ['firing ops crm@1', 'firing ops crm@2', 'resolved ops crm@5']);
  });
});

describe('a state that changes too often', () => {
  it('is told to be unsteady, once, and to be steady, once, after an hour without a change', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100', { clear: 1 })];
    const events = [150, 1, 150, 1, 150, 1, 150, 1, 150, ...Array<number>(14).fill(1)];
    for (const facts of factsOfEvents(events)) await engine.decide([facts], rules);

    assert.deepEqual(await engine.told(), [
      'firing ops crm@1',
      'resolved ops crm@2',
      'firing ops crm@3',
      'resolved ops crm@4',
      'firing ops crm@5',
      'unsteady ops crm@6',
      'steady ops crm@22',
      'resolved ops crm@22',
    ]);
    const tellings = await engine.tellings();
    assert.match(tellings[5]!.alert.why, /^6 changes within an hour/);
    assert.equal(tellings[5]!.alert.state, 'told');
    assert.equal(tellings[7]!.alert.id, tellings[4]!.alert.id);
  });
});

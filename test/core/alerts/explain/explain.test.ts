import assert from 'node:assert/strict';
import { explain } from '../../../../src/core/alerts/explain/explain.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';
import { at, type Engine, factsOfEvents, startEngine } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

async function why(
  engine: Engine,
  rules: readonly Rule[],
  window: number,
  subjects?: readonly string[],
): Promise<readonly string[]> {
  const filter = filterOf({ name: 'crm', alerts: rules });
  const lines = await explain({ filter, at: at(window), subjects }, engine);
  return lines.map(({ subject, recipient, decision, why }) => `${subject} ${recipient} ${decision}: ${why}`);
}

describe('explaining a window', () => {
  it('of a state says what was counted, what is told, and when again', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100')];
    for (const facts of factsOfEvents([98, 101, 120, 20, 20, 20, 20])) await engine.decide([facts], rules);

    assert.deepEqual(await why(engine, rules, 1), ['crm ops not yet: 98 events in 10:00–10:05 UTC (limit 100)']);
    assert.deepEqual(await why(engine, rules, 2), ['crm ops told: 101 events in 10:05–10:10 UTC (limit 100)']);
    assert.deepEqual(await why(engine, rules, 3), [
      'crm ops repeat due: 120 events in 10:10–10:15 UTC (limit 100); it lasts since 2026-11-20 10:05 UTC; repeat due 2026-11-20 14:10 UTC',
    ]);
    assert.deepEqual(await why(engine, rules, 4), [
      'crm ops repeat due: 20 events in 10:15–10:20 UTC (limit 100); it lasts since 2026-11-20 10:05 UTC; 1 of 3 windows in a row before it ends; repeat due 2026-11-20 14:10 UTC',
    ]);
    assert.deepEqual(await why(engine, rules, 6), ['crm ops told: 20 events in 10:25–10:30 UTC (limit 100)']);
    assert.deepEqual(await why(engine, rules, 7), ['crm ops not yet: 20 events in 10:30–10:35 UTC (limit 100)']);
  });

  it('says of what takes several windows how it is in this one', async () => {
    const engine = startEngine();
    const rules = [ruleOf('none for 15m'), ruleOf('incomplete for 15m')];
    await engine.decide([factsIn('crm', at(1), { events: 0 })], rules);
    assert.deepEqual(await why(engine, rules, 1), [
      'crm ops not yet: no event in 10:00–10:05 UTC; 1 of 3 windows in a row',
      'crm ops not yet: 10:00–10:05 UTC is complete',
    ]);
    assert.equal(
      (await why(engine, rules, 2))[1],
      'crm ops not yet: 10:05–10:10 UTC is not complete; 1 of 3 windows in a row',
    );
  });

  it('says of a repeat that was due below the limit when it comes', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100', { repeatMs: 600_000 })];
    for (const facts of factsOfEvents([101, 101, 20])) await engine.decide([facts], rules);
    assert.match((await why(engine, rules, 2))[0]!, /; repeat due 2026-11-20 10:15 UTC$/);
    assert.match(
      (await why(engine, rules, 3))[0]!,
      /; 1 of 3 windows in a row before it ends; repeated when it holds again$/,
    );
  });

  it('of a window with gaps says so', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100')];
    await engine.decide([factsIn('crm', at(1), { events: 40, complete: false, lacks: ['totals'] })], rules);

    assert.deepEqual(await why(engine, rules, 1), [
      'crm ops not yet: at least 40 events in 10:00–10:05 UTC (limit 100); not all of it was counted',
    ]);
    assert.deepEqual(await why(engine, rules, 3), [
      'crm ops not yet: at least 0 events in 10:10–10:15 UTC (limit 100); not all of it was counted',
    ]);
  });

  it('of what is told once says by which window it was', async () => {
    const engine = startEngine();
    const rules = [ruleOf('new')];
    const issues = [issueIn('7', 3, { isNew: true, firstSeen: at(1) }), issueIn('8', 2)];
    await engine.decide([factsIn('crm', at(1), { issues })], rules);
    await engine.decide([factsIn('crm', at(2), { issues })], rules);

    assert.deepEqual(await why(engine, rules, 2), [
      '7 ops over: 3 events in 10:05–10:10 UTC of an issue that was never seen before; told 2026-11-20 10:05 UTC, and once for all',
      '8 ops not yet: 2 events in 10:05–10:10 UTC: not new, first seen 2026-11-18T11:06:40.000Z',
    ]);
    assert.deepEqual(await why(engine, rules, 1, ['7']), [
      '7 ops told: 3 events in 10:00–10:05 UTC of an issue that was never seen before',
    ]);
    assert.deepEqual(await why(engine, rules, 2, ['9']), ['9 ops not yet: no events']);
  });

  it('gives the keys that the outbox has', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100')];
    const [facts] = factsOfEvents([101]);
    await engine.decide([facts!], rules);
    const [line] = await explain({ filter: filterOf({ name: 'crm', alerts: rules }), at: at(1) }, engine);

    assert.deepEqual(
      line!.keys,
      (await engine.tellings()).map(({ key }) => key),
    );
    assert.deepEqual([line!.value, line!.limit, line!.rule], [101, 100, 'events > 100']);
  });
});

import assert from 'node:assert/strict';
import { explain } from '../../../../src/core/alerts/explain/explain.ts';
import { withFates } from '../../../../src/core/alerts/explain/with-fates.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { at, type Engine, factsOfEvents, startEngine } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

const BY_NOBODY = 'nobody was told by this window itself: it was decided late, or by other rules';

/** As the command asks: by the rules of today, and what the outbox has of the window. */
async function why(engine: Engine, rules: readonly Rule[], window: number): Promise<readonly string[]> {
  const lines = await explain({ filter: filterOf({ name: 'crm', alerts: rules }), at: at(window) }, engine);
  const held = await engine.outbox.tellings({ from: at(window), to: at(window) + 1, filter: 'crm' });
  return withFates(lines, held, []).map(({ rule, recipient, decision, why: said, limit }) => {
    return `${rule} ${recipient} ${decision} ${limit}: ${said}`;
  });
}

describe('why, of what was told otherwise than it would be now', () => {
  it('says told of no repeat, and of no begin, that came too late to be told', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100', { clear: 1, repeatMs: 900_000 })];
    const [first, ...rest] = factsOfEvents([1, 101, 101, 101, 101, 1, 101, 101, 101, 101]);
    await engine.decide([first!], rules);
    await engine.decide(rest, rules, { now: at(20) });
    assert.deepEqual(await engine.told(), ['resolved ops crm@6 late', 'firing ops crm@7 late']);

    for (const [window, span] of [
      [2, '10:05–10:10'],
      [5, '10:20–10:25'],
      [10, '10:45–10:50'],
    ] as const)
      assert.deepEqual(await why(engine, rules, window), [
        `events > 100 ops not yet 100: 101 events in ${span} UTC (limit 100); ${BY_NOBODY}`,
      ]);
    assert.match((await why(engine, rules, 6))[0]!, /ops told 100: 1 event /);
    assert.match((await why(engine, rules, 7))[0]!, /ops told 100: 101 events /);
  });

  it('says of a recipient who came later when he was told, and of one who is gone that he was', async () => {
    const engine = startEngine();
    const [ops, both, boss] = [['ops'], ['ops', 'boss'], ['boss']].map((tell) => [ruleOf('events > 100', { tell })]);
    const [one, two, three] = factsOfEvents([101, 101, 101]);
    await engine.decide([one!], ops!);
    await engine.decide([two!], both!, { loadedAt: 2 });
    await engine.decide([three!], boss!, { loadedAt: 3 });
    assert.deepEqual(await engine.told(), ['firing ops crm@1', 'firing boss crm@2']);

    const said = async (window: number) =>
      (await why(engine, boss!, window)).map((line) => line.slice('events > 100 '.length));
    assert.deepEqual(await said(1), [
      `boss not yet 100: 101 events in 10:00–10:05 UTC (limit 100); ${BY_NOBODY}`,
      'ops told 100: 101 events in 10:00–10:05 UTC (limit 100)',
    ]);
    assert.deepEqual(await said(2), ['boss told 100: 101 events in 10:05–10:10 UTC (limit 100)']);
  });

  it('says what was told by another limit, and that nobody was by one of today', async () => {
    const engine = startEngine();
    const [high, low] = [100, 20].map((above) => [
      ruleOf('events > 100', { name: 'many', condition: { kind: 'events', above, spanMs: 300_000 } }),
    ]);
    const [one, two] = factsOfEvents([50, 50]);
    await engine.decide([one!], high!);
    await engine.decide([two!], low!, { loadedAt: 2 });
    assert.match((await why(engine, low!, 1)).join(), /ops not yet 20: 50 events .*; nobody was told by this window/);
    assert.match((await why(engine, low!, 2)).join(), /ops told 20: 50 events/);
  });

  it('says what a rule told that is gone', async () => {
    const engine = startEngine();
    const [facts] = factsOfEvents([101]);
    await engine.decide([facts!], [ruleOf('events > 100')]);
    assert.deepEqual(await why(engine, [ruleOf('none for 15m')], 1), [
      'none for 15m ops not yet 0: 101 events in 10:00–10:05 UTC',
      'events > 100 ops told 100: 101 events in 10:00–10:05 UTC (limit 100)',
    ]);
  });
});

import assert from 'node:assert/strict';
import { factsIn } from '../../../support/alerting/stage.ts';
import { at, factsOfEvents, startEngine } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

const MINUTE = 60_000;

describe('a repeat', () => {
  it('over windows that were not counted says when it was known last, and what', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100', { repeatMs: 20 * MINUTE })];
    for (const facts of factsOfEvents([150, 151])) await engine.decide([facts], rules);
    for (const window of [3, 4, 5])
      await engine.decide([factsIn('crm', at(window), { events: 0, complete: false, lacks: ['totals'] })], rules);
    assert.deepEqual(await engine.told(), ['firing ops crm@1', 'repeat ops crm@5']);
    const [, repeat] = await engine.tellings();
    assert.match(repeat!.alert.why, /; last known 10:10 UTC: 151 \(limit 100\)$/);
    assert.equal(repeat!.alert.value, 151);
  });
});

import assert from 'node:assert/strict';
import { explain } from '../../../../src/core/alerts/explain/explain.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { factsIn } from '../../../support/alerting/stage.ts';
import { at, type Engine, factsOfEvents, startEngine } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { filterOf } from '../../../support/build/reports.ts';

const MINUTE = 60_000;
const LOUD = ruleOf('events > 100', { escalate: { afterMs: 30 * MINUTE, tell: ['night', 'boss'] } });

/** Window by window, each in its own run. */
async function play(events: readonly (number | null)[], rules: readonly Rule[] = [LOUD]): Promise<Engine> {
  const engine = startEngine();
  for (const facts of factsOfEvents(events)) await engine.decide([facts], rules);
  return engine;
}

/** So many windows with this many events. */
function times(count: number, events: number): readonly number[] {
  return Array.from({ length: count }, () => events);
}

describe('escalation', () => {
  it('tells others half an hour after the first were told, once, and its end to all', async () => {
    const engine = await play([...times(20, 150), 1, 1, 1]);
    assert.deepEqual(await engine.told(), [
      'firing ops crm@1',
      'firing night crm@7',
      'firing boss crm@7',
      'resolved ops crm@23',
      'resolved night crm@23',
      'resolved boss crm@23',
    ]);
    const alerts = (await engine.tellings()).map(({ alert }) => alert);
    assert.equal(new Set(alerts.map(({ id }) => id)).size, 1);
    assert.equal(
      alerts[1]!.why,
      '150 events in 10:30–10:35 UTC (limit 100); told 2026-11-20 10:05 UTC, and nobody is on it yet',
    );
  });

  it('tells nobody else what ends before, also when it begins again', async () => {
    const engine = await play([...times(4, 150), 1, 1, 1, ...times(4, 150), 1, 1, 1]);
    assert.deepEqual(await engine.told(), [
      'firing ops crm@1',
      'resolved ops crm@7',
      'firing ops crm@8',
      'resolved ops crm@14',
    ]);
  });

  it('waits while it does not hold, and goes on what was known last where a window was not counted', async () => {
    const sunken = await play([...times(6, 150), 1, 1, 150]);
    assert.deepEqual((await sunken.told()).slice(1), ['firing night crm@9', 'firing boss crm@9']);
    const engine = await play(times(6, 150));
    await engine.decide([factsIn('crm', at(7), { events: 0, complete: false, lacks: ['totals'] })], [LOUD]);
    const [, night] = await engine.tellings();
    assert.equal(night!.channel, 'night');
    assert.match(night!.alert.why, /nobody is on it yet; last known 10:30 UTC: 150 \(limit 100\)$/);
  });

  it('is in time when the windows before come late, and the same when they are decided again', async () => {
    const engine = startEngine();
    const facts = factsOfEvents(times(8, 150));
    for (const window of [1, 2, 3, 8]) await engine.decide([facts[window - 1]!], [LOUD]);
    assert.deepEqual(await engine.told(), ['firing ops crm@1', 'firing night crm@7 late', 'firing boss crm@7 late']);
    await engine.decide(facts.slice(3, 7), [LOUD], { now: at(9) });
    assert.deepEqual((await engine.told()).length, 3);
  });

  it('repeats what lasts to those as well whom it has reached', async () => {
    const engine = await play(times(5, 150), [
      { ...LOUD, repeatMs: 10 * MINUTE, escalate: { afterMs: 15 * MINUTE, tell: ['boss'] } },
    ]);
    assert.deepEqual(await engine.told(), [
      'firing ops crm@1',
      'repeat ops crm@3',
      'firing boss crm@4',
      'repeat ops crm@5',
      'repeat boss crm@5',
    ]);
  });

  it('is explained to who asks: when it comes, and that it came', async () => {
    const engine = await play(times(8, 150));
    const filter = filterOf({ name: 'crm', alerts: [LOUD] });
    const why = async (window: number): Promise<readonly string[]> =>
      (await explain({ filter, at: at(window) }, engine))
        .filter(({ recipient }) => recipient === 'night')
        .map(({ decision, why: text }) => `${decision}: ${text.slice(text.indexOf(';') + 2)}`);
    assert.deepEqual(await why(3), ['not yet: night is told when it still lasts 2026-11-20 10:35 UTC']);
    assert.deepEqual(await why(7), ['told: told 2026-11-20 10:05 UTC, and nobody is on it yet']);
    assert.match((await why(8))[0]!, /^repeat due: it lasts since 2026-11-20 10:00 UTC/);
  });
});

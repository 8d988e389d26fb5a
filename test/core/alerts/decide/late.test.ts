import assert from 'node:assert/strict';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';
import { at, factsOfEvents, type Engine, isoOf, startEngine } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

const RULES = [ruleOf('events > 100')];

async function decided(events: readonly (number | null)[], rules = RULES): Promise<Engine> {
  const engine = startEngine();
  for (const facts of factsOfEvents(events)) await engine.decide([facts], rules);
  return engine;
}

describe('deciding late', () => {
  it('a recount over the limit fires once, late, with both numbers; a lower one amends it, and quiet windows end it', async () => {
    const engine = await decided([98, 20]);
    assert.deepEqual(await engine.told(), []);
    await engine.decide([factsIn('crm', at(1), { events: 104, revision: 1 })], RULES);
    assert.deepEqual(await engine.told(), ['firing ops crm@1 late']);
    const [firing] = await engine.tellings();
    assert.equal(firing!.alert.why, '104 events in 10:00–10:05 UTC (limit 100); counted late: first 98, now 104');

    await engine.decide([factsIn('crm', at(1), { events: 97, revision: 2 })], RULES);
    assert.deepEqual(await engine.told(), ['firing ops crm@1 late', 'changed ops crm@1 late']);
    const changed = (await engine.tellings())[1]!;
    assert.equal(changed.alert.id, firing!.alert.id);
    assert.equal(changed.alert.state, 'firing');
    assert.equal(changed.alert.why, '97 events in 10:00–10:05 UTC (limit 100); counted late: first 104, now 97');

    await engine.decide([factsIn('crm', at(3), { events: 20 })], RULES);
    await engine.decide([factsIn('crm', at(4), { events: 20 })], RULES);
    assert.deepEqual((await engine.told()).slice(2), ['resolved ops crm@4']);
  });

  it('a silence in which events are found later is amended where its end is not told', async () => {
    const rules = [ruleOf('none for 15m', { clear: 1, resolved: false })];
    const engine = await decided([0, 0, 0], rules);
    await engine.decide([factsIn('crm', at(3), { events: 60, revision: 1 })], rules);

    assert.deepEqual(await engine.told(), ['firing ops crm@3', 'changed ops crm@3']);
    assert.equal(
      (await engine.tellings())[1]!.alert.why,
      '60 events in 10:10–10:15 UTC; counted late: first 0, now 60',
    );
  });

  it('a recount without an issue that was told of tells of it by its title', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 100', { each: 'issue' })];
    await engine.decide([factsIn('crm', at(1), { issues: [issueIn('7', 150)] })], rules);
    await engine.decide([factsIn('crm', at(1), { revision: 1 })], rules);
    for (const window of [2, 3, 4]) await engine.decide([factsIn('crm', at(window))], rules);
    assert.deepEqual(await engine.told(), ['firing ops 7@1', 'changed ops 7@1', 'resolved ops 7@4']);
    const [firing, changed, resolved] = (await engine.tellings()).map(({ alert }) => alert);
    assert.deepEqual([changed!.subject, resolved!.subject], [firing!.subject, firing!.subject]);
    assert.match(changed!.why, /; counted late: first 150, now 0$/);
  });

  it('a recount that stays on its side of the limit tells nothing more', async () => {
    const engine = await decided([104, 98]);
    await engine.decide([factsIn('crm', at(1), { events: 110, revision: 1 })], RULES);
    await engine.decide([factsIn('crm', at(2), { events: 100, revision: 1 })], RULES);
    assert.deepEqual(await engine.told(), ['firing ops crm@1']);
  });

  it('what people know to be over is, and what a recount finds after its end is another episode', async () => {
    const engine = await decided([101, 20, 20, 20]);
    await engine.decide([factsIn('crm', at(4), { events: 150, revision: 1 })], RULES);

    assert.deepEqual(await engine.told(), ['firing ops crm@1', 'resolved ops crm@4', 'firing ops crm@4 late']);
    const ids = (await engine.tellings()).map(({ alert }) => alert.id);
    assert.equal(ids[0], ids[1]);
    assert.notEqual(ids[0], ids[2]);
  });

  it('what began and ended in a window that was filled is told once, with both times', async () => {
    const engine = await decided([20, null, 20, 20, 20, 20]);
    await engine.decide([factsIn('crm', at(2), { events: 101 })], RULES);

    assert.deepEqual(await engine.told(), ['resolved ops crm@5 late']);
    const [{ alert }] = (await engine.tellings()) as [Awaited<ReturnType<Engine['tellings']>>[number]];
    assert.equal(alert.since, '2026-11-20T10:05:00.000Z');
    assert.equal(alert.window.start, '2026-11-20T10:20:00.000Z');
    assert.equal(alert.state, 'resolved');
  });

  it('an episode keeps its id when a filled window shows that it began earlier', async () => {
    const engine = await decided([20, null, 101]);
    await engine.decide([factsIn('crm', at(2), { events: 101 })], RULES);
    for (const window of [4, 5, 6]) await engine.decide([factsIn('crm', at(window), { events: 20 })], RULES);

    assert.deepEqual(await engine.told(), ['firing ops crm@3', 'resolved ops crm@6']);
    const [firing, resolved] = await engine.tellings();
    assert.equal(resolved!.alert.id, firing!.alert.id);
    assert.equal(resolved!.alert.since, '2026-11-20T10:05:00.000Z');
  });

  // What a rule had come to is kept of the last window of an hour, as the twelfth is.
  for (const first of [1, 12])
    it(`an episode that people know lasts when what was filled before it, from window ${first} on, is over`, async () => {
      const engine = startEngine();
      const decide = (window: number, events: number) =>
        engine.decide([factsIn('crm', at(window), { events })], RULES, { now: at(31) });
      await decide(30, 101);
      await decide(first, 101);
      for (const more of [1, 2, 3, 4]) await decide(first + more, 20);
      await decide(31, 101);

      assert.deepEqual(await engine.told(), ['firing ops crm@30', `resolved ops crm@${first + 3} late`]);
      const [firing, before] = await engine.tellings();
      assert.notEqual(before!.alert.id, firing!.alert.id);
      assert.equal(before!.alert.since, isoOf(at(first)));
      for (const window of [32, 33, 34]) await decide(window, 20);
      assert.deepEqual((await engine.told()).slice(2), ['resolved ops crm@34']);
      const over = (await engine.tellings())[2]!.alert;
      assert.deepEqual([over.id, over.since], [firing!.alert.id, '2026-11-20T12:25:00.000Z']);
    });

  it('an absent window ends nothing and breaks every row', async () => {
    const engine = await decided([101, 20, 20, null, 20, 20]);
    assert.deepEqual(await engine.told(), ['firing ops crm@1']);
    await engine.decide([factsIn('crm', at(4), { events: 20 })], RULES);
    assert.deepEqual(await engine.told(), ['firing ops crm@1', 'resolved ops crm@4 late']);
  });

  it('"incomplete" that filled windows disprove is over', async () => {
    const rules = [ruleOf('incomplete for 15m')];
    const engine = await decided([1, null, null], rules);
    await engine.decide([factsIn('crm', at(4), { complete: false, lacks: ['totals'] })], rules);
    assert.deepEqual(await engine.told(), ['firing ops crm@4']);
    await engine.decide([factsIn('crm', at(3))], rules);
    assert.deepEqual(await engine.told(), ['firing ops crm@4', 'resolved ops crm@4 late']);
  });

  it('a window that is decided hours after its end is told as late', async () => {
    const engine = startEngine();
    await engine.decide([factsIn('crm', at(1), { events: 101 })], RULES, { now: at(30) });
    assert.deepEqual(await engine.told(), ['firing ops crm@1 late']);
  });

  it('of a window that is older than all states only what is told once is told', async () => {
    const engine = startEngine();
    const rules = [...RULES, ruleOf('any')];
    const days = 3 * 288;
    await engine.decide([factsIn('crm', at(days), { events: 1 })], rules);
    await engine.decide([factsIn('crm', at(1), { events: 500, issues: [issueIn('7', 500)] })], rules, {
      now: at(days + 1),
    });
    await engine.decide([factsIn('crm', at(days + 1), { events: 101 })], rules);

    assert.deepEqual(await engine.told(), ['told ops 7@1 late', `firing ops crm@${days + 1}`]);
  });

  it('an issue whose details come later is decided late, for a day', async () => {
    const engine = startEngine();
    const rules = [ruleOf('new')];
    const blank = { title: null, culprit: null, level: null, firstSeen: null, isNew: null, isBack: null };
    const gap = { lacks: ['details'] as const };
    await engine.decide(
      [factsIn('crm', at(1), { ...gap, issues: [issueIn('7', 3, blank), issueIn('8', 2, blank)] })],
      rules,
    );
    await engine.decide([factsIn('crm', at(2))], rules);
    assert.deepEqual(await engine.told(), []);
    await engine.decide([factsIn('crm', at(3), { issues: [issueIn('7', 1, { firstSeen: at(1) + 1_000 })] })], rules);
    assert.deepEqual(await engine.told(), ['told ops 7@1 late']);

    const [before] = await engine.decide([factsIn('crm', at(288))], rules);
    const [after] = await engine.decide([factsIn('crm', at(289))], rules);
    assert.deepEqual(before!.unjudged, []);
    assert.deepEqual(after!.unjudged, [{ filter: 'crm', rule: 'new', subject: '8' }]);
  });

  it('what began in windows that were not counted and ended in one that was in time is told once, as late', async () => {
    const engine = startEngine();
    const rules = [ruleOf('incomplete for 15m')];
    await engine.decide([factsIn('crm', at(1), { complete: false, lacks: ['totals'] })], rules);
    await engine.decide([factsIn('crm', at(4))], rules);

    assert.deepEqual(await engine.told(), ['resolved ops crm@4 late']);
  });

  it('what people know to be over does not fire again, and is kept as over, when its end is counted anew', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 20', { clear: 1 })];
    await engine.decide([factsIn('crm', at(3), { events: 0 })], rules);
    await engine.decide([factsIn('crm', at(1), { events: 101 })], rules, { now: at(5) });
    await engine.decide([factsIn('crm', at(3), { events: 60, revision: 1 })], rules, { now: at(6) });

    assert.deepEqual(await engine.told(), ['resolved ops crm@3 late', 'firing ops crm@3 late']);
    const kept = await engine.alerts.look(async (trx) => (await trx.alerts([{ filter: 'crm', at: 0 }])).get('crm'));
    assert.deepEqual(
      kept!.map(({ alert, until }) => [alert.state, alert.since, until]),
      [
        ['resolved', '2026-11-20T10:00:00.000Z', at(3)],
        ['firing', '2026-11-20T10:10:00.000Z', null],
      ],
    );
  });

  it('a lower recount of what is over says the numbers, and that it is over', async () => {
    const engine = await decided([104, 20, 20, 20]);
    await engine.decide([factsIn('crm', at(1), { events: 97, revision: 1 })], RULES);

    const { news, alert } = (await engine.tellings()).at(-1)!;
    assert.deepEqual([news, alert.state, alert.late], ['changed', 'resolved', true]);
  });

  it('a window that is filled makes no repeat of what began in time', async () => {
    const engine = startEngine();
    const rules = [ruleOf('events > 20', { hold: 2, clear: 2, repeatMs: 900_000 })];
    for (const [index, events] of [101, 0, 101, 101].entries())
      await engine.decide([factsIn('crm', at(index + 2), { events })], rules);
    assert.deepEqual(await engine.told(), ['firing ops crm@5']);
    await engine.decide([factsIn('crm', at(1), { events: 101 })], rules, { now: at(14) });

    assert.deepEqual(await engine.told(), ['firing ops crm@5']);
  });
});

import assert from 'node:assert/strict';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';
import { at, startEngine } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

const DAY = 288;

describe('what is told once', () => {
  it('top: the excepted one is out before it is ranked, the limit is strict, a new recipient gets all once', async () => {
    const engine = startEngine();
    const rule = ruleOf('top 10 of 7d > 200', { except: [{ property: 'module', pattern: 'moz-extension*' }] });
    const counts = [900, 500, 450, 400, 350, 300, 280, 260, 240, 220, 201, 199];
    const issues = counts.map((events, index) =>
      issueIn(`i${index}`, events, { culprit: index === 0 ? 'moz-extension://1/content in load' : 'pay(checkout)' }),
    );
    await engine.decide([factsIn('crm', at(1), { issues })], [rule]);
    const named = (await engine.told()).map((it) => it.split(' ')[2]);
    assert.deepEqual(
      named,
      ['i1', 'i2', 'i3', 'i4', 'i5', 'i6', 'i7', 'i8', 'i9', 'i10'].map((it) => `${it}@1`),
    );
    assert.equal(
      (await engine.tellings())[0]!.alert.why,
      '500 events in 2026-11-13 00:00 – 2026-11-20 10:05 UTC: place 1 of 10 (limit 200)',
    );

    await engine.decide([factsIn('crm', at(1 + DAY), { issues: [] })], [{ ...rule, tell: ['ops', 'boss'] }]);
    const next = (await engine.told()).slice(10);
    assert.equal(next.length, 10);
    assert.ok(next.every((it) => it.startsWith('told boss ')));
  });

  it('top: one that is at the limit is not named', async () => {
    const engine = startEngine();
    const counts = [500, 450, 400, 350, 300, 280, 260, 240, 220, 200, 199];
    const issues = counts.map((events, index) => issueIn(`i${index}`, events));
    await engine.decide([factsIn('crm', at(1), { issues })], [ruleOf('top 10 of 7d > 200')]);
    assert.equal((await engine.told()).length, 9);
  });

  it('top: counts of several windows add up, and days end', async () => {
    const engine = startEngine();
    const rules = [ruleOf('top 3 of 1d', { condition: { kind: 'top', first: 1, spanMs: DAY * 300_000, above: 100 } })];
    await engine.decide([factsIn('crm', at(1), { issues: [issueIn('7', 60)] })], rules);
    await engine.decide([factsIn('crm', at(2), { issues: [issueIn('7', 41)] })], rules);
    assert.deepEqual(await engine.told(), ['told ops 7@2']);
    const later = at(1) + 3 * DAY * 300_000;
    await engine.decide([factsIn('crm', later, { issues: [issueIn('8', 100), issueIn('7', 1)] })], rules);
    assert.equal((await engine.told()).length, 1);
  });

  it('at the first evaluation more than ten are one summary, later ones are not', async () => {
    const engine = startEngine();
    const many = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, index) => issueIn(`${prefix}${index}`, 1));
    await engine.decide([factsIn('crm', at(1), { issues: many('a', 11) })], [ruleOf('any')]);
    await engine.decide([factsIn('crm', at(2), { issues: many('b', 11) })], [ruleOf('any')]);
    const summaries = (await engine.tellings()).map(({ summary }) => summary);
    const said = '"any" of crm has 11 issues at once, at 2026-11-20 10:05 UTC: they are told together';
    assert.deepEqual(new Set(summaries.slice(0, 11)), new Set([said]));
    assert.deepEqual(new Set(summaries.slice(11)), new Set([null]));

    const other = startEngine();
    await other.decide([factsIn('crm', at(1), { issues: many('a', 10) })], [ruleOf('any')]);
    assert.deepEqual(new Set((await other.tellings()).map(({ summary }) => summary)), new Set([null]));
  });

  it('regressed is told at every return, and any of two rules to whom it is for', async () => {
    const engine = startEngine();
    const rules = [ruleOf('regressed'), ruleOf('any', { tell: ['ops', 'boss'], repeatMs: null })];
    for (const [window, isBack] of [
      [1, true],
      [2, false],
      [3, true],
    ] as const)
      await engine.decide([factsIn('crm', at(window), { issues: [issueIn('7', 1, { isBack })] })], rules);

    assert.deepEqual(await engine.told(), ['told ops 7@1', 'told ops 7@1', 'told boss 7@1', 'told ops 7@3']);
    const first = (await engine.tellings()).slice(0, 2).map(({ alert }) => alert.rule);
    assert.deepEqual(first, ['regressed', 'any']);
  });

  it('forty new issues in one window are forty tellings, and the next window tells the next', async () => {
    const engine = startEngine();
    const fresh = (window: number, count: number, from: number) =>
      Array.from({ length: count }, (_, index) =>
        issueIn(`n${from + index}`, 1, { isNew: true, firstSeen: at(window) }),
      );
    const rules = [ruleOf('new')];
    await engine.decide([factsIn('crm', at(1))], rules);
    await engine.decide([factsIn('crm', at(2), { issues: fresh(2, 40, 0) })], rules);
    await engine.decide([factsIn('crm', at(3), { issues: fresh(3, 1, 40) })], rules);

    const tellings = await engine.tellings();
    assert.equal(tellings.length, 41);
    assert.equal(new Set(tellings.map(({ summary }) => summary)).size, 1);
  });
});

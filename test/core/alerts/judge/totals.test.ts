import assert from 'node:assert/strict';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import type { WindowTotal } from '../../../../src/core/ports/alerting/alert-store.ts';
import { issueIn } from '../../../support/alerting/stage.ts';
import { judgeAt } from '../../../support/alerting/engine/moments.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

const DAY = 288;
const GAP = { complete: false, lacks: ['totals'] } as const;

/** As many events in each of the 12 windows before; and in each of the 13 around the hour, days ago. */
function past(
  hour: number | null,
  day: number | null = null,
  week: number | null = null,
): Record<number, Partial<WindowTotal>> {
  const around = (days: number, events: number | null) =>
    events === null ? [] : Array.from({ length: 13 }, (_, index) => [days * DAY + 1 - index, { events }]);
  const before = hour === null ? [] : Array.from({ length: 12 }, (_, index) => [index + 1, { events: hour }]);
  return Object.fromEntries([...before, ...around(1, day), ...around(7, week)]);
}

describe('none and incomplete: one window', () => {
  for (const [what, facts, none, incomplete] of [
    ['zero and complete', { events: 0 }, true, false],
    ['an event', { events: 1 }, false, false],
    ['not counted', null, null, true],
    ['zero, with a gap', { events: 0, ...GAP }, null, true],
    ['events, with a gap', { events: 3, ...GAP }, null, true],
    ['zero, a gap in the issues', { events: 0, complete: false, lacks: ['issues'] }, true, true],
    ['zero, a gap in the baselines', { events: 0, lacks: ['baselines'] }, true, false],
    ['zero, and the source is silent', { events: 0, silent: true, ...GAP }, null, true],
  ] as readonly [string, Partial<WindowFacts> | null, boolean | null, boolean][]) {
    it(what, () => {
      assert.equal(judgeAt(ruleOf('none for 15m'), facts).holds, none);
      assert.equal(judgeAt(ruleOf('incomplete for 15m'), facts).holds, incomplete);
    });
  }

  it('say for how long', () => {
    assert.equal(
      judgeAt(ruleOf('none for 15m'), { events: 0 }).why,
      'no event for 15 min up to 10:05 UTC, in complete windows only',
    );
  });

  it('say what the last window lacks', () => {
    const said = (facts: Partial<WindowFacts> | null) => judgeAt(ruleOf('incomplete for 15m'), facts).why;
    const lead = 'no complete window for 15 min up to 10:05 UTC; the last one';
    assert.equal(said(null), `${lead} was not counted`);
    assert.equal(said({ complete: false, lacks: ['totals', 'baselines', 'splits'] }), `${lead} lacks totals, splits`);
  });
});

describe('anomaly', () => {
  for (const [what, facts, totals, holds] of [
    ['three times an ordinary hour', { events: 30 }, past(10), true],
    ['half as much again of many', { events: 1500 }, past(1000), false],
    ['as loud as yesterday and last week', { events: 120 }, past(4, 115, 130), false],
    ['loud an hour ago already, quiet days before', { events: 200 }, past(200, 3, 2), true],
    ['seven where none were', { events: 7 }, past(0), true],
    ['six where none were', { events: 6 }, past(0), false],
    ['no past', { events: 500 }, past(null), null],
    ['too little of the hour', { events: 500 }, { 1: { events: 1 }, 2: { events: 1 } }, null],
    ['a past with gaps', { events: 500 }, { ...past(10), 1: { lacks: ['totals'] }, 2: { lacks: ['totals'] } }, true],
    ['not counted', null, past(10), null],
    ['a gap, and a surge all the same', { events: 30, ...GAP }, past(10), true],
    ['a gap, and no surge', { events: 12, ...GAP }, past(10), null],
  ] as readonly [string, Partial<WindowFacts> | null, Record<number, Partial<WindowTotal>>, boolean | null][]) {
    it(what, () => assert.equal(judgeAt(ruleOf('anomaly'), facts, 'crm', { totals }).holds, holds));
  }

  it('needs as many events as `min` says, and says what was expected', () => {
    const before = { totals: past(10) };
    const judged = judgeAt(ruleOf('anomaly', { min: 31 }), { events: 30 }, 'crm', before);
    assert.equal(judged.holds, false);
    assert.equal(judged.why, '30 events in 10:00–10:05 UTC where 10 were expected (score 4.6, limit 4)');
    assert.deepEqual([judged.value, judged.limit, judged.expected], [30, 4, 10]);
  });
});

describe('top', () => {
  const sums = [
    { id: 'a', events: 300, users: 1 },
    { id: 'b', events: 250, users: 1 },
    { id: 'c', events: 250, users: 1 },
    { id: 'd', events: 201, users: 1 },
    { id: 'e', events: 200, users: 1 },
  ];
  const first3 = (given: Partial<Rule> = {}): Rule =>
    ruleOf('top 3 of 1d', { condition: { kind: 'top', first: 3, spanMs: DAY * 300_000, above: 200 }, ...given });
  const named = (rule: Rule, facts: Partial<WindowFacts> = {}): readonly string[] =>
    sums
      .map(({ id }) => id)
      .filter((id) => judgeAt(rule, facts, id, { sums, issues: [issueIn('a', 0)] }).holds === true);

  it('are the first ones, those with as many by their id', () => assert.deepEqual(named(first3()), ['a', 'b', 'c']));
  it('are only those with more than the limit', () =>
    assert.deepEqual(named(ruleOf('top 10 of 7d > 200', {})), ['a', 'b', 'c', 'd']));
  it('are ranked without what is excepted', () =>
    assert.deepEqual(named(first3({ except: [{ property: 'title', pattern: '*number a' }] })), ['b', 'c', 'd']));
  it('need as many events in the window as `min` says', () =>
    assert.deepEqual(named(first3({ min: 2 }), { issues: [issueIn('b', 2), issueIn('c', 1)] }), ['b']));
  it('cannot be told where issues are missing', () =>
    assert.equal(judgeAt(first3(), { lacks: ['issues'] }, 'a', { sums }).holds, null));
});

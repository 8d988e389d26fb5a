import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import { PERIOD_MS } from '../../../../src/core/model/window.ts';
import { type Engine, startEngine } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';

/** 2020-01-16T00:00Z. */
const DAY = 1_579_132_800_000;

/**
 * What the errors of one web server came to in two weeks: of each window with events its number since midnight, and the
 * events of each issue in it.
 */
const LOUD = new Map(
  JSON.parse(
    readFileSync(new URL('../../../fixtures/alerting/two-weeks.json', import.meta.url), 'utf8'),
  ) as readonly (readonly [number, readonly (readonly [issue: number, events: number])[]])[],
);

/** From the first window with events to the last one, none left out. */
function windows(): readonly WindowFacts[] {
  const [first, last] = [Math.min(...LOUD.keys()), Math.max(...LOUD.keys())];
  const seen = new Set<number>();
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const start = DAY + (first + index) * PERIOD_MS;
    const issues = (LOUD.get(first + index) ?? []).map(([id, events]) => {
      const isNew = !seen.has(id);
      seen.add(id);
      return issueIn(String(id), events, { isNew, firstSeen: isNew ? start : DAY });
    });
    return factsIn('crm', start, { issues, events: issues.reduce((sum, { events }) => sum + events, 0), users: 0 });
  });
}

describe('two weeks of a web server, 3,423 events in 105 of 4,046 windows', () => {
  const RULES = [
    ruleOf('events > 100', { repeatMs: null }),
    ruleOf('events > 100', { name: 'two in a row', hold: 2, repeatMs: null }),
    ruleOf('events > 100', { name: 'three in a row', hold: 3, repeatMs: null }),
    ruleOf('events > 100', { name: 'an hour of quiet', clear: 12, repeatMs: null }),
    ruleOf('new'),
  ];
  const all = windows();
  let engine: Engine;
  before(async () => {
    engine = startEngine();
    for (const facts of all) await engine.decide([facts], RULES);
  });

  const of = async (rule: string, news: string) =>
    (await engine.tellings()).filter((it) => it.rule === rule && it.news === news);

  it('are as they were counted', () => {
    assert.equal(all.length, 4_046);
    assert.equal(all.filter(({ events }) => events > 0).length, 105);
    assert.equal(
      all.reduce((sum, { events }) => sum + events, 0),
      3_423,
    );
    const byIssue = Map.groupBy(
      all.flatMap(({ issues }) => issues),
      ({ id }) => id,
    );
    const counts = [...byIssue.values()].map((rows) => rows.reduce((sum, { events }) => sum + events, 0));
    assert.deepEqual(
      counts.toSorted((one, other) => other - one),
      [3137, 132, 44, 21, 18, 17, 17, 12, 8, 8, 3, 2, 2, 1, 1],
    );
  });

  for (const [rule, times] of [
    ['events > 100', 8],
    ['two in a row', 3],
    ['three in a row', 1],
    ['an hour of quiet', 7],
  ] as const)
    it(`fire and end ${times} times by the rule "${rule}"`, async () => {
      const [fired, ended] = [await of(rule, 'firing'), await of(rule, 'resolved')];
      assert.deepEqual([fired.length, ended.length], [times, times]);
    });

  it('fire first at 06:30 with 194 events, which is over at 06:45', async () => {
    const [[fired], [ended]] = [await of('events > 100', 'firing'), await of('events > 100', 'resolved')];
    assert.deepEqual([fired!.alert.window.start, fired!.alert.value], ['2020-01-16T06:30:00.000Z', 194]);
    assert.equal(ended!.alert.window.start, '2020-01-16T06:45:00.000Z');
  });

  it('tell of 15 new issues in 14 windows, each once; a second pass over the last day tells nothing', async () => {
    const told = await of('new', 'told');
    assert.deepEqual([new Set(told.map(({ alert }) => alert.subject.id)).size, told.length], [15, 15]);
    assert.equal(new Set(told.map(({ window }) => window)).size, 14);
    const before = (await engine.tellings()).length;
    await engine.decide(all.slice(-288), RULES);
    assert.equal((await engine.tellings()).length, before);
  });
});

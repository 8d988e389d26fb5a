import assert from 'node:assert/strict';
import type { IssueFacts, WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { issueIn } from '../../../support/alerting/stage.ts';
import { judgeAt } from '../../../support/alerting/engine/moments.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

interface Row {
  readonly what: string;
  readonly rule: Rule;
  /** Null: it has no events in the window. */
  readonly issue: Partial<IssueFacts> | null;
  readonly facts?: Partial<WindowFacts>;
  readonly holds: boolean | null;
  readonly why: string;
}

const BLANK = { title: null, culprit: null, level: null, firstSeen: null, isNew: null, isBack: null };
const TREND = { trending: true, score: 10.68, expected: 3.2 };
const COUNT = '5 events in 10:00–10:05 UTC';
const except = (property: 'title' | 'module' | 'level', pattern: string) => ({ except: [{ property, pattern }] });

const ROWS: readonly Row[] = [
  {
    what: 'first seen in the window',
    rule: ruleOf('new'),
    issue: { isNew: true },
    holds: true,
    why: `${COUNT} of an issue that was never seen before`,
  },
  {
    what: 'older',
    rule: ruleOf('new'),
    issue: {},
    holds: false,
    why: `${COUNT}: not new, first seen 2026-11-18T11:06:40.000Z`,
  },
  {
    what: 'without details',
    rule: ruleOf('new'),
    issue: BLANK,
    holds: null,
    why: `${COUNT}: when it was first seen is not known`,
  },
  { what: 'without events', rule: ruleOf('new'), issue: null, holds: false, why: 'no events' },
  {
    what: 'of an unread window',
    rule: ruleOf('new'),
    issue: null,
    facts: { lacks: ['issues'] },
    holds: null,
    why: 'its issues were not read wholly',
  },
  {
    what: 'with fewer than `min`',
    rule: ruleOf('new', { min: 6 }),
    issue: { isNew: true },
    holds: false,
    why: `${COUNT}: fewer than 6`,
  },
  {
    what: 'with as many as `min`',
    rule: ruleOf('new', { min: 5 }),
    issue: { isNew: true },
    holds: true,
    why: `${COUNT} of an issue that was never seen before`,
  },
  {
    what: 'excepted',
    rule: ruleOf('new', except('level', 'ERROR')),
    issue: { isNew: true },
    holds: false,
    why: `${COUNT}: excepted`,
  },
  {
    what: 'excepted by another',
    rule: ruleOf('new', except('level', 'warn*')),
    issue: { isNew: true },
    holds: true,
    why: `${COUNT} of an issue that was never seen before`,
  },
  {
    what: 'perhaps excepted',
    rule: ruleOf('any', except('title', '*')),
    issue: BLANK,
    holds: null,
    why: `${COUNT}: whether it is excepted is not known`,
  },
  {
    what: 'excepted by module',
    rule: ruleOf('any', except('module', 'checkout')),
    issue: {},
    holds: false,
    why: `${COUNT}: excepted`,
  },
  {
    what: 'of no module, which is none of those that are excepted',
    rule: ruleOf('new', except('module', 'moz-extension*')),
    issue: { isNew: true, culprit: null },
    holds: true,
    why: `${COUNT} of an issue that was never seen before`,
  },
  {
    what: 'of no level, where every one is excepted',
    rule: ruleOf('regressed', except('level', '*')),
    issue: { isBack: true, level: null },
    holds: false,
    why: `${COUNT}: excepted`,
  },
  {
    what: 'back',
    rule: ruleOf('regressed'),
    issue: { isBack: true },
    holds: true,
    why: `${COUNT} of an issue that came back after it was resolved`,
  },
  { what: 'not back', rule: ruleOf('regressed'), issue: {}, holds: false, why: `${COUNT}: it did not come back` },
  {
    what: 'without details',
    rule: ruleOf('regressed'),
    issue: BLANK,
    holds: null,
    why: `${COUNT}: whether it came back is not known`,
  },
  { what: 'with events', rule: ruleOf('any'), issue: {}, holds: true, why: `${COUNT} of this issue` },
  { what: 'without events', rule: ruleOf('any'), issue: null, holds: false, why: 'no events' },
  {
    what: 'with the text, in other letters',
    rule: ruleOf('title has "card"'),
    issue: { title: 'no CARD, "<!here>"' },
    holds: true,
    why: `${COUNT} of an issue with "card" in its title`,
  },
  {
    what: 'without the text',
    rule: ruleOf('title has "card"'),
    issue: {},
    holds: false,
    why: `${COUNT}: no "card" in its title`,
  },
  {
    what: 'without details',
    rule: ruleOf('title has "card"'),
    issue: BLANK,
    holds: null,
    why: `${COUNT}: its title is not known`,
  },
  {
    what: 'a surge',
    rule: ruleOf('trending'),
    issue: TREND,
    holds: true,
    why: `${COUNT} where 3.2 were expected (score 10.7, limit 4)`,
  },
  {
    what: 'a new one without a past',
    rule: ruleOf('trending'),
    issue: { trending: true, isNew: true },
    holds: true,
    why: `${COUNT} of a new issue`,
  },
  {
    what: 'none',
    rule: ruleOf('trending'),
    issue: { score: 0.7, expected: 4 },
    holds: false,
    why: `${COUNT}: where 4 were expected (score 0.7, limit 4)`,
  },
  {
    what: 'none, and no past was read',
    rule: ruleOf('trending'),
    issue: {},
    facts: { lacks: ['baselines'] },
    holds: null,
    why: `${COUNT}: its past was not read`,
  },
  {
    what: 'gone, whatever the past',
    rule: ruleOf('trending'),
    issue: null,
    facts: { lacks: ['baselines'] },
    holds: false,
    why: 'no events',
  },
  {
    what: 'at the score',
    rule: ruleOf('trending >= 8'),
    issue: { ...TREND, score: 8 },
    holds: true,
    why: `${COUNT} where 3.2 were expected (score 8, limit 8)`,
  },
  {
    what: 'below the score',
    rule: ruleOf('trending >= 8'),
    issue: { ...TREND, score: 7.9 },
    holds: false,
    why: `${COUNT}: where 3.2 were expected (score 7.9, limit 8)`,
  },
  {
    what: 'without a score',
    rule: ruleOf('trending >= 8'),
    issue: { ...TREND, score: null },
    holds: null,
    why: `${COUNT}: its past was not read, so it has no score`,
  },
];

describe('sentences about single issues', () => {
  for (const { what, rule, issue, facts = {}, holds, why } of ROWS) {
    it(`${rule.sentence}: ${what}`, () => {
      const issues = issue === null ? [] : [issueIn('7', 5, issue)];
      const judged = judgeAt(rule, { ...facts, issues }, '7');
      assert.deepEqual({ holds: judged.holds, why: judged.why }, { holds, why });
    });
  }

  it('cannot be told of a window that was not counted', () => {
    for (const sentence of ['new', 'regressed', 'trending', 'any', 'title has "card"'])
      assert.equal(judgeAt(ruleOf(sentence), null, '7').holds, null, sentence);
  });
});

import assert from 'node:assert/strict';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { issueIn } from '../../../support/alerting/stage.ts';
import { type Before, judgeAt } from '../../../support/alerting/engine/moments.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

interface Row {
  readonly what: string;
  readonly rule: Rule;
  readonly facts: Partial<WindowFacts> | null;
  readonly id?: string;
  readonly before?: Before;
  readonly holds: boolean | null;
  readonly value: number;
  readonly atLeast?: boolean;
}

const GAP = { complete: false, lacks: ['totals'] } as const;
const NO_ROWS = { complete: false, lacks: ['issues'] } as const;
const EACH = { each: 'issue' } as const;
const TWO = { totals: { 1: { events: 50, users: 30 }, 2: { events: 40, users: 51 } } };

const ROWS: readonly Row[] = [
  { what: 'at the limit', rule: ruleOf('events > 100'), facts: { events: 100 }, holds: false, value: 100 },
  { what: 'one more', rule: ruleOf('events > 100'), facts: { events: 101 }, holds: true, value: 101 },
  { what: 'none', rule: ruleOf('events > 0'), facts: { events: 0 }, holds: false, value: 0 },
  { what: 'not counted', rule: ruleOf('events > 100'), facts: null, holds: null, value: 0, atLeast: true },
  {
    what: 'a gap, and fewer',
    rule: ruleOf('events > 100'),
    facts: { events: 40, ...GAP },
    holds: null,
    value: 40,
    atLeast: true,
  },
  {
    what: 'a gap, and more',
    rule: ruleOf('events > 100'),
    facts: { events: 101, ...GAP },
    holds: true,
    value: 101,
    atLeast: true,
  },
  {
    what: 'a gap in the issues only',
    rule: ruleOf('events > 100'),
    facts: { events: 40, ...NO_ROWS },
    holds: false,
    value: 40,
  },
  {
    what: 'a sum at the limit',
    rule: ruleOf('events > 100 in 15m'),
    facts: { events: 10 },
    before: TWO,
    holds: false,
    value: 100,
  },
  {
    what: 'a sum over it',
    rule: ruleOf('events > 100 in 15m'),
    facts: { events: 11 },
    before: TWO,
    holds: true,
    value: 101,
  },
  {
    what: 'a sum, a window missing',
    rule: ruleOf('events > 100 in 15m'),
    facts: { events: 10 },
    before: { totals: { 1: { events: 50 } } },
    holds: null,
    value: 60,
    atLeast: true,
  },
  {
    what: 'a sum, a window with a gap',
    rule: ruleOf('events > 100 in 15m'),
    facts: { events: 61 },
    before: { totals: { 1: { events: 50, lacks: ['totals'] }, 2: {} } },
    holds: true,
    value: 111,
    atLeast: true,
  },
  {
    what: 'a sum, an earlier gap in the issues only',
    rule: ruleOf('events > 100 in 15m'),
    facts: { events: 1 },
    before: { totals: { 1: { events: 50, lacks: ['issues'] }, 2: {} } },
    holds: false,
    value: 51,
  },
  {
    what: 'an issue over it',
    rule: ruleOf('events > 100', EACH),
    facts: { issues: [issueIn('7', 101)] },
    id: '7',
    holds: true,
    value: 101,
  },
  {
    what: 'an issue at it',
    rule: ruleOf('events > 100', EACH),
    facts: { issues: [issueIn('7', 100)] },
    id: '7',
    holds: false,
    value: 100,
  },
  { what: 'an issue without events', rule: ruleOf('events > 100', EACH), facts: {}, id: '7', holds: false, value: 0 },
  {
    what: 'an issue where rows are missing',
    rule: ruleOf('events > 100', EACH),
    facts: { ...NO_ROWS },
    id: '7',
    holds: null,
    value: 0,
    atLeast: true,
  },
  {
    what: 'an issue where only totals are',
    rule: ruleOf('events > 100', EACH),
    facts: { ...GAP, issues: [issueIn('7', 5)] },
    id: '7',
    holds: false,
    value: 5,
  },
  {
    what: 'an issue with fewer than `min`',
    rule: ruleOf('events > 100 in 15m', { ...EACH, min: 5 }),
    facts: { issues: [issueIn('7', 4)] },
    id: '7',
    before: { sums: [{ id: '7', events: 104, users: 1 }], totals: TWO.totals },
    holds: false,
    value: 104,
  },
  {
    what: 'an excepted issue',
    rule: ruleOf('events > 100', { ...EACH, except: [{ property: 'title', pattern: 'error: *7' }] }),
    facts: { issues: [issueIn('7', 101)] },
    id: '7',
    holds: false,
    value: 101,
  },
  { what: 'users at the limit', rule: ruleOf('users > 50'), facts: { users: 50 }, holds: false, value: 50 },
  { what: 'users over it', rule: ruleOf('users > 50'), facts: { users: 51 }, holds: true, value: 51 },
  {
    what: 'users of several projects, fewer',
    rule: ruleOf('users > 50'),
    facts: { users: 50, usersAtLeast: true },
    holds: false,
    value: 50,
    atLeast: true,
  },
  {
    what: 'users of several projects, more',
    rule: ruleOf('users > 50'),
    facts: { users: 51, usersAtLeast: true },
    holds: true,
    value: 51,
    atLeast: true,
  },
  {
    what: 'users of a span, counted at once',
    rule: ruleOf('users > 50 in 15m'),
    facts: { users: 3, spans: [{ spanMs: 900_000, users: 60, issues: {}, issuesAbove: null }] },
    before: TWO,
    holds: true,
    value: 60,
  },
  {
    what: 'users of a span, the largest window',
    rule: ruleOf('users > 50 in 15m'),
    facts: { users: 3 },
    before: TWO,
    holds: true,
    value: 51,
    atLeast: true,
  },
  {
    what: 'users of a span that could not be counted',
    rule: ruleOf('users > 50 in 15m'),
    facts: { users: 3, spans: [{ spanMs: 900_000, users: null, issues: {}, issuesAbove: null }] },
    before: { totals: { 1: { users: 9 }, 2: {} } },
    holds: false,
    value: 9,
    atLeast: true,
  },
  {
    what: "an issue's users of a span",
    rule: ruleOf('users > 50 in 15m', EACH),
    facts: { spans: [{ spanMs: 900_000, users: 60, issues: { 7: 51 }, issuesAbove: 50 }] },
    id: '7',
    holds: true,
    value: 51,
  },
  {
    what: 'an issue whose id is a word of the language',
    rule: ruleOf('users > 50 in 15m', EACH),
    facts: { spans: [{ spanMs: 900_000, users: 60, issues: {}, issuesAbove: 50 }] },
    id: 'constructor',
    holds: false,
    value: 0,
  },
  {
    what: 'an issue that has not more users than asked',
    rule: ruleOf('users > 50 in 15m', EACH),
    facts: { spans: [{ spanMs: 900_000, users: 60, issues: {}, issuesAbove: 50 }] },
    id: '7',
    before: { sums: [{ id: '7', events: 9, users: 4 }] },
    holds: false,
    value: 4,
    atLeast: true,
  },
];

describe('events and users', () => {
  for (const { what, rule, facts, id, before, holds, value, atLeast = false } of ROWS) {
    it(`${rule.sentence}: ${what}`, () => {
      const judged = judgeAt(rule, facts, id, before);
      assert.deepEqual(
        { holds: judged.holds, value: judged.value, atLeast: judged.atLeast },
        { holds, value, atLeast },
      );
    });
  }

  it('say what they saw', () => {
    const why = (rule: Rule, facts: Partial<WindowFacts>, before: Before = {}): string =>
      judgeAt(rule, facts, 'crm', before).why;
    assert.equal(why(ruleOf('events > 100'), { events: 101 }), '101 events in 10:00–10:05 UTC (limit 100)');
    assert.equal(why(ruleOf('events > 0'), { events: 1, ...GAP }), 'at least 1 event in 10:00–10:05 UTC (limit 0)');
    assert.equal(why(ruleOf('events > 100 in 15m'), { events: 11 }, TWO), '101 events in 09:50–10:05 UTC (limit 100)');
    assert.equal(
      why(ruleOf('users > 50'), { users: 1, ...GAP }),
      'at least 1 user in 10:00–10:05 UTC (limit 50); not all of it was counted',
    );
  });
});

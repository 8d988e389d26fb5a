import assert from 'node:assert/strict';
import type { Moment } from '../../../../src/core/alerts/judge/kind.ts';
import { type Count, judgeCount } from '../../../../src/core/alerts/judge/parts/counts.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { isNew } from '../../../../src/core/alerts/judge/new.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { alertText } from '../../../../src/core/telling/acts/acknowledge.ts';

const WINDOW = { start: Date.UTC(2026, 10, 20, 10), end: Date.UTC(2026, 10, 20, 10, 5) };

describe('whether an issue is new', () => {
  const judged = (given: Parameters<typeof issueIn>[2], except: readonly object[] = []) => {
    const issue = issueIn('7', 5, given);
    const facts = factsIn('crm', WINDOW.start, { issues: [issue] });
    const past = { totals: () => [], sums: () => new Map(), issue: () => undefined };
    const moment: Moment = { filter: 'crm', window: WINDOW, text: 'x', facts, issues: new Map([['7', issue]]), past };
    const { holds, why } = isNew.judge(ruleOf('new', { except: except as never }) as never, moment)('7');
    return [holds, why] as const;
  };

  it('is told with when it was first seen, where that is known', () => {
    assert.match(judged({ isNew: false, firstSeen: null })[1], /not new$/);
    assert.match(judged({ isNew: false, firstSeen: 0 })[1], /not new, first seen 1970-01-01T00:00:00\.000Z/);
    assert.equal(judged({ isNew: true })[0], true);
    assert.equal(judged({ isNew: null })[0], null);
  });

  it('is not told of one that is excepted, and not known where that is not', () => {
    const except = [{ property: 'title', pattern: 'error*' }];
    assert.deepEqual(judged({ isNew: true }, except)[0], false);
    assert.match(judged({ isNew: true }, except)[1], /: excepted$/);
    assert.match(judged({ isNew: true, title: null }, except)[1], /: whether it is excepted is not known$/);
    assert.equal(judged({ isNew: true, title: 'Other' }, except)[0], true);
  });
});

describe('an issue that has enough', () => {
  const count: Count = { what: 'event', value: 30, over: '10:00–10:05 UTC', isWhole: true };
  const judged = (rule: Partial<Rule>, issue: Parameters<typeof issueIn>[2] | null = {}, of: Partial<Count> = {}) => {
    const issues = new Map(issue === null ? [] : [['7', issueIn('7', 30, issue)]]);
    const past = { totals: () => [], sums: () => new Map(), issue: () => undefined };
    const facts = factsIn('crm', WINDOW.start);
    const moment: Moment = { filter: 'crm', window: WINDOW, text: 'x', facts, issues, past };
    const found = judgeCount(ruleOf('events > 20', { each: 'issue', ...rule }) as never, moment, '7', {
      ...count,
      ...of,
    });
    return [found.holds, found.why] as const;
  };
  const said = '30 events in 10:00–10:05 UTC (limit 20)';
  const except = [{ property: 'title', pattern: 'error*' }] as never;

  it('is told, unless its rule leaves it out', () => {
    assert.deepEqual(judged({}), [true, said]);
    assert.deepEqual(judged({ except }), [false, `${said}; excepted`]);
    assert.deepEqual(judged({ except }, { title: 'Other' }), [true, said]);
    assert.deepEqual(judged({ min: 31 }), [false, `${said}; fewer than 31 events in the window`]);
  });

  it('is not known where nobody knows whether it is left out', () => {
    assert.deepEqual(judged({ except }, { title: null }), [null, `${said}; whether it is excepted is not known`]);
    assert.deepEqual(judged({ except }, null), [null, `${said}; whether it is excepted is not known`]);
  });

  it('may have more than was counted, but never fewer', () => {
    assert.deepEqual(judged({}, {}, { isWhole: false }), [true, said.replace('30', 'at least 30')]);
    const few = judged({}, {}, { value: 5, isWhole: false });
    assert.equal(few[0], null);
    assert.match(few[1], /; not all of it was counted$/);
  });
});

describe('what an alert says of what', () => {
  it('has the title of an issue, and not the name of its filter twice', () => {
    assert.equal(alertText(alertOf()), 'trending of crm-checkout, TypeError: x is undefined');
    const subject = { kind: 'filter', id: 'crm-checkout', title: 'crm-checkout' } as const;
    assert.equal(alertText(alertOf({ rule: 'surge', subject })), 'surge of crm-checkout');
  });
});

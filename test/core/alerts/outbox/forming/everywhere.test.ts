import assert from 'node:assert/strict';
import { type RuleAtSending, ruleKey } from '../../../../../src/core/alerts/outbox/forming/around.ts';
import { formMessages } from '../../../../../src/core/alerts/outbox/forming/form-messages.ts';
import { headOf } from '../../../../../src/core/alerts/words/head.ts';
import type { Condition } from '../../../../../src/core/model/alerting/rule.ts';
import type { KeptTelling } from '../../../../../src/core/ports/alerting/outbox.ts';
import { aroundOf } from '../../../../support/alerting/forming.ts';
import { policyOf } from '../../../../support/alerting/relay.ts';
import {
  alertOf,
  type AlertInput,
  HOUR,
  MINUTE,
  openOf,
  TEN,
  tellingOf,
} from '../../../../support/alerting/tellings.ts';

const CONDITIONS: Readonly<Record<string, Condition>> = {
  anomaly: { kind: 'anomaly' },
  trending: { kind: 'trending', score: null },
  'none for 30m': { kind: 'none', spanMs: 30 * MINUTE },
  new: { kind: 'new' },
};

/** What begins in a filter, by a sentence. */
function begins(filter: string, rule: string, over: AlertInput = {}): KeptTelling {
  return tellingOf(alertOf({ filter, rule, state: rule === 'new' ? 'told' : 'firing', ...over }));
}

interface Given {
  readonly isPerSubject?: boolean;
  readonly budget?: number;
  /** By filter. */
  readonly sources?: Readonly<Record<string, string>>;
}

function formed(tellings: readonly KeptTelling[], { isPerSubject = false, budget, sources = {} }: Given = {}) {
  const rules = tellings.map(({ alert: { filter, rule } }): [string, RuleAtSending] => {
    const about = { quiet: null, where: '', condition: CONDITIONS[rule]!, source: sources[filter] };
    return [ruleKey({ filter, rule }), about];
  });
  const policy = policyOf({ budget: budget === undefined ? null : { count: budget, perMs: HOUR } });
  const around = aroundOf({ channel: { isPerSubject }, rules: new Map(rules) });
  return formMessages(openOf(tellings), policy, [], around).messages.map(({ message }) => message);
}

function said(messages: ReturnType<typeof formed>): readonly string[] {
  return messages.map(({ collects, alerts }) => {
    const all = alerts.map(({ filter, rule }) => `${filter} ${rule}`);
    return `${collects === null ? '' : `${collects}: `}${all.join(', ')}`;
  });
}

describe('three filters that surge, or are silent, in one window', () => {
  it('are one message, which goes first and says that it is all of Sentry', () => {
    const messages = formed([
      begins('a', 'new', { severity: 'critical' }),
      begins('a', 'trending'),
      begins('b', 'anomaly'),
      begins('c', 'trending'),
      begins('c', 'trending', { subject: { id: '2' } }),
    ]);
    assert.deepEqual(said(messages), ['surging: a trending, b anomaly, c trending, c trending', 'a new']);
    assert.equal(headOf(messages[0]!), 'All of Sentry surges: 4 alerts of 3 filters: 4 firing');
  });

  it('are told apart: what surges and what is silent, windows, sources, and what begins from what lasts', () => {
    const [a, b] = [begins('a', 'trending'), begins('b', 'trending')];
    const more = begins('b', 'trending', { subject: { id: '2' } });
    assert.deepEqual(said(formed([a, b, more])).length, 2, 'two filters');
    const silent = (filter: string) => begins(filter, 'none for 30m');
    assert.deepEqual(said(formed([a, b, silent('c')])).length, 3);
    assert.deepEqual(said(formed([a, b, begins('c', 'trending', { at: TEN + 5 * MINUTE })])).length, 3);
    assert.deepEqual(said(formed([a, b, { ...begins('c', 'trending'), news: 'repeat' }])).length, 3);
    const three = [a, b, begins('c', 'trending')];
    assert.deepEqual(said(formed(three, { sources: { c: 'other' } })).length, 3);
    assert.deepEqual(said(formed(three, { sources: { a: 'other', b: 'other', c: 'other' } })).length, 1);
    const [all] = formed([silent('a'), silent('b'), silent('c')]);
    assert.equal(headOf(all!), 'All of Sentry is silent: 3 alerts of 3 filters: 3 firing');
  });

  it('come alone where there is no room for all, and are incidents of their own at a pager', () => {
    const tellings = [
      ...['d', 'e', 'f', 'g'].map((filter) => begins(filter, 'new', { severity: 'critical', at: TEN - 5 * MINUTE })),
      ...['a', 'b', 'c'].map((filter) => begins(filter, 'anomaly')),
    ];
    assert.deepEqual(said(formed(tellings, { budget: 2 })), [
      'surging: a anomaly, b anomaly, c anomaly',
      'many: d new, e new, f new, g new',
    ]);
    assert.equal(formed(tellings, { isPerSubject: true }).length, 7);
  });
});

import assert from 'node:assert/strict';
import { ruleKey } from '../../../../../src/core/alerts/outbox/forming/around.ts';
import { formMessages } from '../../../../../src/core/alerts/outbox/forming/form-messages.ts';
import { headOf } from '../../../../../src/core/alerts/words/head.ts';
import type { Deploy } from '../../../../../src/core/model/alerting/deploy.ts';
import type { RuleKind } from '../../../../../src/core/model/alerting/rule.ts';
import type { KeptTelling } from '../../../../../src/core/ports/alerting/outbox.ts';
import { aroundOf } from '../../../../support/alerting/forming.ts';
import { policyOf } from '../../../../support/alerting/relay.ts';
import { ruleWith } from '../../../../support/build/users-rules.ts';
import { alertOf, type AlertInput, MINUTE, openOf, TEN, tellingOf } from '../../../../support/alerting/tellings.ts';

/** From 10:02 to 10:32: what began in its time is known at 10:42. */
const DEPLOY: Deploy = {
  id: 'x',
  what: { kind: 'filter', name: 'crm-checkout' },
  release: '1.4.2',
  since: TEN + 2 * MINUTE,
  until: TEN + 32 * MINUTE,
};
const KINDS: readonly RuleKind[] = ['new', 'regressed', 'trending', 'any', 'anomaly'];
const RULES = new Map(
  KINDS.map((kind) => [
    ruleKey({ filter: 'crm-checkout', rule: kind }),
    ruleWith(kind === 'trending' ? { kind, score: null } : ({ kind } as { kind: 'new' })),
  ]),
);

function formAt(minute: number, tellings: readonly KeptTelling[], deploys: readonly Deploy[] = [DEPLOY]) {
  const around = aroundOf({ now: TEN + minute * MINUTE, rules: RULES, deploys });
  return formMessages(openOf(tellings), policyOf(), [], around);
}

const of = (rule: string, more: AlertInput = {}): KeptTelling => tellingOf(alertOf({ rule, ...more }));

describe('forming while a release is under way', () => {
  it('holds what is new, came back or trends, and nothing else', () => {
    for (const [rule, isHeld] of [
      ['new', true],
      ['regressed', true],
      ['trending', true],
      ['any', false],
      ['anomaly', false],
    ] as const) {
      const { messages, tellings } = formAt(8, [of(rule)]);
      assert.equal(messages.length, isHeld ? 0 : 1, rule);
      if (isHeld)
        assert.deepEqual(
          [tellings[0]!.fate, tellings[0]!.reason],
          ['grouped', 'release 1.4.2: what is new is told together at 2026-11-20 10:42 UTC'],
        );
    }
  });

  it('holds no other filter, nothing critical, and nothing that began before it or begins after', () => {
    for (const telling of [
      of('new', { filter: 'crm-mail' }),
      of('new', { severity: 'critical' }),
      of('new', { at: TEN - 5 * MINUTE }),
      of('new', { at: TEN + 35 * MINUTE }),
      of('trending', { state: 'resolved', since: '2026-11-20T09:50:00.000Z', at: TEN + 10 * MINUTE }),
    ])
      assert.equal(formAt(40, [telling]).messages.length, 1);
    assert.equal(formAt(40, [of('new')], [{ ...DEPLOY, what: { kind: 'team', name: 'crm' } }]).messages.length, 0);
    assert.equal(formAt(40, [of('new')], [{ ...DEPLOY, what: { kind: 'team', name: 'hr' } }]).messages.length, 1);
  });

  it('is one message once it is over, which says so first; an end that came meanwhile is in it, and overtakes nothing', () => {
    const held = { fate: 'grouped', reason: 'release 1.4.2: …' } as const;
    const ended = alertOf({ rule: 'trending', state: 'resolved', since: alertOf().since, at: TEN + 20 * MINUTE });
    const tellings = [
      { ...of('new', { at: TEN + 10 * MINUTE, subject: { id: '2' } }), ...held },
      { ...of('trending'), ...held },
      tellingOf(ended),
    ];
    assert.deepEqual(formAt(41, tellings).messages, []);
    const { messages } = formAt(42, tellings);
    assert.deepEqual(
      messages.map(({ message }) => [message.collects, message.lines, message.alerts.map(({ state }) => state)]),
      [['release', ['After release 1.4.2'], ['firing', 'resolved']]],
    );
    assert.match(headOf(messages[0]!.message), /^After release 1\.4\.2: 2 alerts of crm-checkout: /);
  });

  it('leaves what lasts for longer to be told as ever', () => {
    const repeat = { ...tellingOf(alertOf({ rule: 'trending' }), { news: 'repeat' }), decidedAt: TEN + 240 * MINUTE };
    assert.deepEqual(
      formAt(241, [repeat]).messages.map(({ message }) => message.collects),
      [null],
    );
  });
});

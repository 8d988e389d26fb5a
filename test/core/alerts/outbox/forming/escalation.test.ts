import assert from 'node:assert/strict';
import { ruleKey } from '../../../../../src/core/alerts/outbox/forming/around.ts';
import { formMessages } from '../../../../../src/core/alerts/outbox/forming/form-messages.ts';
import type { OpenChannel } from '../../../../../src/core/ports/alerting/outbox.ts';
import { aroundOf } from '../../../../support/alerting/forming.ts';
import { policyOf } from '../../../../support/alerting/relay.ts';
import { alertOf, HOUR, MINUTE, openOf, TEN, tellingOf } from '../../../../support/alerting/tellings.ts';

const FIRING = alertOf();
const OVER = alertOf({ state: 'resolved', since: FIRING.since, at: TEN + HOUR });

/** What becomes of an escalation to `boss`, and of its end. */
function fates(channel: string, over: Partial<OpenChannel>): readonly string[] {
  const tellings = [tellingOf(FIRING, { channel }), tellingOf(OVER, { channel })];
  const open = openOf(over.told === undefined ? tellings : tellings.slice(1), over);
  const escalate = { afterMs: 30 * MINUTE, tell: ['boss'] };
  const rules = new Map([[ruleKey(FIRING), { quiet: null, where: '', escalate }]]);
  const around = aroundOf({ now: TEN + HOUR + 7 * MINUTE, rules });
  const formed = formMessages(open, policyOf({ name: channel }), [], around);
  return formed.tellings.map(({ fate, reason }) => `${fate}${reason === null ? '' : `: ${reason}`}`);
}

describe('an escalation of which somebody said that they are on it', () => {
  const acknowledged = new Map([[FIRING.id, 'ann']]);

  it('is told to nobody, nor is its end', () => {
    assert.deepEqual(fates('boss', { acknowledged }), [
      'dropped: not escalated: ann is on it',
      'dropped: not escalated: ann is on it',
    ]);
  });

  it('has its end told to those whom it had reached before', () => {
    assert.deepEqual(fates('boss', { acknowledged, told: new Set([FIRING.id]) }), ['pending']);
  });

  it('is told where nobody said so, and changes nothing for those who are told at once', () => {
    assert.deepEqual(fates('boss', {}), ['pending', 'pending']);
    assert.deepEqual(fates('crm', { acknowledged }), ['pending', 'pending']);
  });
});

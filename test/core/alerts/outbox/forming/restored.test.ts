import assert from 'node:assert/strict';
import { holdOf } from '../../../../../src/core/alerts/outbox/forming/hold.ts';
import { formMessages } from '../../../../../src/core/alerts/outbox/forming/form-messages.ts';
import { headOf } from '../../../../../src/core/alerts/words/head.ts';
import type { KeptTelling, OpenChannel } from '../../../../../src/core/ports/alerting/outbox.ts';
import { aroundOf } from '../../../../support/alerting/forming.ts';
import { alertOf, MINUTE, openOf, TEN, tellingOf } from '../../../../support/alerting/tellings.ts';

/** The ledger was restored at half past ten. */
const AT = TEN + 30 * MINUTE;
const POLICY = { name: 'crm', budget: null, quiet: null, severity: 'info' } as unknown as Parameters<typeof holdOf>[1];

function held(telling: Partial<KeptTelling>, restored: { at: number; releasedAt: number | null } | null | undefined) {
  const around = {
    ...{ now: AT + 10 * MINUTE, sure: AT, rules: new Map(), channel: { isPerSubject: false, maxBytes: 1e6 }, restored },
    ...{ acknowledged: new Map(), told: new Set<string>(), again: new Map(), afters: new Map() },
  };
  return holdOf(tellingOf(alertOf(), telling), POLICY, [], around)?.fate ?? null;
}

describe('what is decided after a restore', () => {
  const late = { window: AT - 5 * MINUTE, decidedAt: AT + MINUTE };

  it('of windows before it is held; of later ones it is told', () => {
    assert.equal(held(late, { at: AT, releasedAt: null }), 'held');
    assert.equal(held({ ...late, window: AT - 1 }, { at: AT, releasedAt: null }), 'held');
    assert.equal(held({ ...late, window: AT }, { at: AT, releasedAt: null }), null);
    assert.equal(held(late, null), null);
    assert.equal(held(late, undefined), null);
  });

  it('and was in the copy is told when a person says so; what is decided after that of the time before is held', () => {
    const released = { at: AT, releasedAt: AT + 5 * MINUTE };
    assert.equal(held({ ...late, decidedAt: AT - MINUTE }, released), null);
    assert.equal(held(late, released), null);
    assert.equal(held({ ...late, decidedAt: AT + 5 * MINUTE }, released), 'held');
  });
});

describe('what is told anew after a restore', () => {
  const anew = (filter: string, over: Partial<KeptTelling> = {}): KeptTelling =>
    tellingOf(alertOf({ filter, at: AT }), { news: 'restored', ...over });
  const formed = (tellings: readonly KeptTelling[], open: Partial<OpenChannel> = {}, isPerSubject = false) => {
    const channel = { isPerSubject, maxBytes: 1e6 };
    const around = aroundOf({ now: AT + 10 * MINUTE, sure: AT, channel, restored: { at: AT, releasedAt: null } });
    return formMessages(openOf(tellings, open), POLICY, [], around);
  };
  const heads = (...given: Parameters<typeof formed>) =>
    formed(...given).messages.map(({ message }) => headOf(message));

  it('is a message of its own for each filter, or one of many', () => {
    assert.deepEqual(heads([anew('a'), anew('b'), tellingOf(alertOf({ filter: 'a', at: AT, subject: { id: '7' } }))]), [
      'After a restore: a: firing, TypeError: x is undefined',
      'After a restore: b: firing, TypeError: x is undefined',
      'a: firing, TypeError: x is undefined',
    ]);
    assert.deepEqual(heads(['a', 'b', 'c', 'd'].map((filter) => anew(filter))), [
      'After a restore: 4 alerts of 4 filters: 4 firing',
    ]);
    assert.deepEqual(heads([anew('a')], {}, true), ['a: firing, TypeError: x is undefined'], 'a pager');
  });

  it('is over with what ends it, and nothing where somebody is on it', () => {
    const resolved = tellingOf({ ...anew('a').alert, state: 'resolved' });
    assert.deepEqual(heads([anew('a'), resolved]), ['Late: a: resolved, TypeError: x is undefined']);
    const { messages, tellings } = formed([anew('a')], { acknowledged: new Map([[anew('a').alert.id, 'Ann']]) });
    assert.deepEqual([messages, tellings[0]!.reason], [[], 'not told again: Ann is on it']);
  });
});

import assert from 'node:assert/strict';
import { holdOf } from '../../../../../src/core/alerts/outbox/forming/hold.ts';
import type { KeptTelling } from '../../../../../src/core/ports/alerting/outbox.ts';
import { alertOf, MINUTE, TEN, tellingOf } from '../../../../support/alerting/tellings.ts';

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

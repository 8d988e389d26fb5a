import assert from 'node:assert/strict';
import type { Mute } from '../../../../src/core/model/alerting/rule.ts';
import { messageNow } from '../../../../src/core/telling/pressed/message-now.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { alertOf, HOUR, TEN } from '../../../support/alerting/tellings.ts';

describe('a message that was sent, as it stands now', () => {
  const [one, other] = [alertOf({ filter: 'shop' }), alertOf({ filter: 'back' })];
  const message = messageOf({ alerts: [one, other] });
  const mute = (by?: string): Mute => ({
    ...{ id: 'm', what: { kind: 'filter', name: 'back' }, until: { kind: 'instant', at: TEN + HOUR }, why: 'x' },
    ...{ since: TEN, by },
  });
  const outboxOf = (...mutes: readonly Mute[]) => ({ now: async () => TEN, mutes: async () => mutes });
  const said = { alertId: one.id, say: 'ann: ticket CRM-1' };

  it('has what was said just now, and who muted the others', async () => {
    const done = async (...mutes: readonly Mute[]) =>
      (await messageNow({ message, channel: 'crm' }, said, { outbox: outboxOf(...mutes) })).done;
    assert.deepEqual(await done(), { [one.id]: 'ann: ticket CRM-1' });
    assert.deepEqual(await done(mute('bob')), {
      [other.id]: 'bob: muted until 2026-11-20 11:00 UTC',
      [one.id]: 'ann: ticket CRM-1',
    });
    assert.match((await done(mute()))![other.id]!, /^a file: muted until/);
  });

  it('has the tickets that there are, where there are any', async () => {
    const ticketsOf = async () => new Map([[one.id, []]]);
    const now = await messageNow({ message, channel: 'crm' }, said, { outbox: outboxOf(), ticketsOf });
    assert.deepEqual(now.tickets, { [one.id]: [] });
    assert.equal((await messageNow({ message, channel: 'crm' }, said, { outbox: outboxOf() })).tickets, undefined);
  });
});

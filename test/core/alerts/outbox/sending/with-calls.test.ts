import assert from 'node:assert/strict';
import { withCalls } from '../../../../../src/core/alerts/outbox/sending/with-calls.ts';
import type { Alert } from '../../../../../src/core/model/alerting/alert.ts';
import type { KeptMessage } from '../../../../../src/core/ports/alerting/outbox.ts';
import { messageOf } from '../../../../support/alerting/messages.ts';
import { alertOf } from '../../../../support/alerting/tellings.ts';

function kept(alerts: readonly Alert[], fate: KeptMessage['fate'] = 'pending'): KeptMessage {
  return { message: messageOf({ alerts }), fate } as KeptMessage;
}

describe('calls of messages', () => {
  const [fires, filter] = [alertOf(), alertOf({ subject: { kind: 'filter', id: 'crm' } })];
  const over = alertOf({ state: 'resolved', rule: 'new' });

  it('are asked for what people have to look at, and stand in the message', async () => {
    const asked: string[][] = [];
    const calls = async (alerts: readonly Alert[]) => {
      asked.push(alerts.map(({ id }) => id));
      return new Map([[fires.id, ['at total(cart.js)']]]);
    };
    const [first, second, third] = await withCalls(
      [kept([fires, filter, over]), kept([over]), kept([fires], 'grouped')],
      calls,
    );
    assert.deepEqual(asked, [[fires.id]]);
    assert.deepEqual(first!.message.calls, { [fires.id]: ['at total(cart.js)'] });
    assert.deepEqual([second, third], [kept([over]), kept([fires], 'grouped')]);
  });

  it('are none where nobody knows any', async () => {
    assert.deepEqual(await withCalls([kept([fires])], undefined), [kept([fires])]);
    assert.deepEqual(await withCalls([kept([fires])], async () => new Map()), [kept([fires])]);
  });
});

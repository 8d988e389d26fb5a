import assert from 'node:assert/strict';
import { postOutcome } from '../../../../../src/core/alerts/outbox/sending/post-outcome.ts';
import { withTickets } from '../../../../../src/core/alerts/outbox/sending/with-tickets.ts';
import { keptIn } from '../../../../support/alerting/outbox-bench.ts';
import { messageOf } from '../../../../support/alerting/messages.ts';

describe('what a post came to', () => {
  it('is final, or tried again', () => {
    const of = (fate: Parameters<typeof postOutcome>[0]['fate'], nextAt = Infinity) => postOutcome({ fate, nextAt });
    assert.deepEqual(
      [of('sent'), of('refused'), of('given up'), of('uncertain'), of('uncertain', 7), of('pending', 7)],
      ['sent', 'refused', 'given_up', 'uncertain', 'retry', 'retry'],
    );
  });
});

describe('messages with tickets', () => {
  const kept = keptIn('m-1', 0, { message: messageOf() });
  const ticket = {
    key: 'CRM-1',
    url: 'https://jira.example.com/browse/CRM-1',
    status: 'Open',
    assignee: null,
    isDone: false,
  };

  it('have those of their issues', async () => {
    const id = kept.message.alerts[0]!.id;
    const [message] = await withTickets([kept], async (alerts) => new Map(alerts.map((it) => [it.id, [ticket]])));
    assert.deepEqual(message!.message.tickets, { [id]: [ticket] });
  });

  it('are as they were without any, without issues, and when they go with others', async () => {
    const asked: unknown[] = [];
    const ask = async (alerts: unknown) => (asked.push(alerts), new Map());
    const others = [keptIn('m-2', 0), { ...kept, fate: 'grouped' as const }];
    assert.deepEqual(await withTickets([kept, ...others], ask), [kept, ...others]);
    assert.equal(asked.length, 1);
    assert.deepEqual(await withTickets([kept], undefined), [kept]);
  });
});

import assert from 'node:assert/strict';
import { acknowledge } from '../../../../src/core/telling/acts/acknowledge.ts';
import { sendAgain } from '../../../../src/core/telling/acts/send-again.ts';
import type { KeptMessage } from '../../../../src/core/ports/alerting/outbox.ts';
import { type MemoryAlerts, memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { AT, keptIn, takeLease } from '../../../support/alerting/outbox-bench.ts';
import { alertIn, decide, keptAlertIn } from '../../../support/alerting/stage.ts';

const NOW = AT + 600_000;
const ID = alertIn('crm', AT).id;

describe('what a person does', () => {
  let memory: MemoryAlerts;
  let ids: number;
  beforeEach(() => {
    memory = memoryAlerts(() => NOW);
    ids = 0;
  });
  const deps = () => ({ ...memory, now: () => NOW, uuid: () => `done-${++ids}` });
  const actions = async () =>
    (await memory.outbox.actions({ from: 0, limit: 10 })).map(({ by, kind, text }) => [by, kind, text]);

  it('about an alert that lasts is kept; who is first is the one', async () => {
    await decide(memory.alerts, { alerts: [keptAlertIn('crm', AT)] });
    assert.deepEqual(await acknowledge({ alertId: ID, by: 'ann' }, deps()), {
      ...{ kind: 'acknowledge', by: 'ann', target: ID },
      text: 'events > 100 of crm',
    });
    await acknowledge({ alertId: ID, by: 'bob' }, deps());
    assert.deepEqual(await actions(), [['ann', 'acknowledge', 'events > 100 of crm']]);
  });

  it('about one that is over, or that nobody knows, is refused in words', async () => {
    await decide(memory.alerts, {
      alerts: [keptAlertIn('crm', AT, { alert: alertIn('crm', AT, { state: 'resolved' }), until: AT })],
    });
    for (const alertId of [ID, 'crm/x@y', '', '/'])
      assert.match(JSON.stringify(await acknowledge({ alertId, by: 'ann' }, deps())), /"fault":"This alert is over/);
    assert.deepEqual(await actions(), []);
  });

  const keep = async (given: Partial<KeptMessage>): Promise<void> => {
    const token = await takeLease(memory.outbox);
    await memory.outbox.form('ops', token, { messages: [keptIn('m1', AT, given)], tellings: [] });
    await memory.outbox.release('ops', token);
  };
  const kept = async (): Promise<KeptMessage> => (await memory.outbox.listed({ id: 'm1', limit: 1 }))[0]!;
  const again = () => sendAgain({ messageId: 'm1', by: 'ann' }, deps());

  for (const [fate, mayRepeat] of [
    ['refused', false],
    ['given up', false],
    ['uncertain', true],
  ] as const)
    it(`with a message that is ${fate}: it waits anew, and says whether it may be a repeat`, async () => {
      await keep({ fate, tries: 3, nextAt: Infinity, isPlain: true, error: 'no such channel' });
      assert.equal('fault' in (await again()), false);
      const { message, tries, nextAt, createdAt, error, isPlain, ...rest } = await kept();
      assert.deepEqual(
        [rest.fate, tries, nextAt, createdAt, error, isPlain, message.mayRepeat, message.id],
        ['pending', 0, NOW, NOW, null, false, mayRepeat, 'm1'],
      );
      assert.deepEqual(await actions(), [['ann', 'send again', 'sentry-monitor, by ops']]);
      assert.notEqual(await memory.outbox.lease('ops', 1), null, 'the channel is free again');
    });

  for (const [what, given] of [
    ['was sent', { fate: 'sent', nextAt: Infinity }],
    ['waits', { fate: 'pending' }],
    ['is sent once more by itself', { fate: 'uncertain', nextAt: NOW + 1 }],
    ['is in a later one', { fate: 'grouped', nextAt: Infinity }],
  ] as const satisfies readonly (readonly [string, Partial<KeptMessage>])[])
    it(`with a message that ${what} is refused in words`, async () => {
      await keep(given);
      assert.match(JSON.stringify(await again()), /"fault":"This message was sent, or waits to be/);
      assert.equal((await kept()).fate, given.fate);
      assert.deepEqual(await actions(), []);
      assert.notEqual(await memory.outbox.lease('ops', 1), null);
    });

  it('with a message that is gone, or whose channel is busy, is refused in words', async () => {
    assert.deepEqual(await again(), { fault: 'This message is not kept any more.' });
    await keep({ fate: 'refused', nextAt: Infinity });
    await takeLease(memory.outbox);
    assert.match(JSON.stringify(await again()), /ops is being worked on just now/);
    assert.equal((await kept()).fate, 'refused');
  });
});

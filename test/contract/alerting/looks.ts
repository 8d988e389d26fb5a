import assert from 'node:assert/strict';
import type { Action } from '../../../src/core/model/alerting/action.ts';
import type { HeldAsked, MessagesAsked } from '../../../src/core/ports/alerting/outbox.ts';
import { AT, keptIn, sendFirst, takeLease } from '../../support/alerting/outbox-bench.ts';
import { alertIn, type AlertStage, decide, keptAlertIn, tellingIn } from '../../support/alerting/stage.ts';

const ann = (id: string, given: Partial<Action> = {}): Action => ({
  id,
  at: AT,
  by: 'ann',
  kind: 'acknowledge',
  target: alertIn('crm', AT).id,
  text: 'events > 100 of crm',
  ...given,
});

/** What people look at, and what they did. */
export function looksContract(get: () => AlertStage): void {
  const idsOf = async (asked: Partial<MessagesAsked>): Promise<readonly string[]> =>
    (await get().outbox.listed({ limit: 10, ...asked })).map(({ message }) => message.id);
  const heldOf = async (asked: Partial<HeldAsked>): Promise<readonly [readonly string[], number]> => {
    const { tellings, total } = await get().outbox.held({ fates: ['pending', 'muted', 'quiet'], limit: 10, ...asked });
    return [tellings.map(({ channel, alert }) => `${channel} ${alert.filter}`), total];
  };

  it('messages are listed the newest first, page by page', async () => {
    const { outbox } = get();
    const token = await takeLease(outbox);
    const at = { m1: AT, m2: AT + 1, m3: AT + 1, m4: AT + 2 };
    const messages = Object.entries(at).map(([id, createdAt]) => keptIn(id, createdAt));
    await outbox.form('ops', token, { messages, tellings: [] });
    assert.deepEqual(await idsOf({}), ['m4', 'm3', 'm2', 'm1']);
    assert.deepEqual(await idsOf({ limit: 2 }), ['m4', 'm3']);
    assert.deepEqual(await idsOf({ limit: 2, before: { createdAt: AT + 1, id: 'm3' } }), ['m2', 'm1']);
    assert.deepEqual(await idsOf({ before: { createdAt: AT, id: 'm1' } }), []);
    assert.deepEqual(
      await idsOf({ before: { createdAt: AT + 2, id: '' } }),
      ['m3', 'm2', 'm1'],
      'it need not be there',
    );
  });

  it('messages are listed of a channel, of fates, and of a filter by its tellings', async () => {
    await sendFirst(get());
    const { outbox } = get();
    await outbox.post('boss', keptIn('own-1', AT).message, AT);
    assert.deepEqual(await idsOf({ id: 'own-1' }), ['own-1']);
    assert.deepEqual(await idsOf({ channel: 'ops' }), ['m1']);
    assert.deepEqual(await idsOf({ channel: 'boss' }), ['own-1']);
    assert.deepEqual(await idsOf({ channel: 'no\u0000body' }), []);
    assert.deepEqual(await idsOf({ fates: ['sent', 'refused'] }), ['m1']);
    assert.deepEqual(await idsOf({ fates: ['pending'] }), ['own-1']);
    assert.deepEqual(await idsOf({ filter: 'crm' }), ['m1']);
    assert.deepEqual(await idsOf({ filter: 'shop' }), [], 'its telling is in no message');
  });

  it('what is held back is in no message; all of it is counted, beyond the limit too', async () => {
    const { token } = await sendFirst(get());
    const { alerts, outbox } = get();
    await decide(alerts, { tellings: [tellingIn('boss', 'crm', AT), tellingIn('boss', 'shop', AT)] });
    const move = (channel: string, filter: string, fate: 'muted' | 'dropped') => {
      const { key } = tellingIn(channel, filter, AT);
      return outbox.form('ops', token, { messages: [], tellings: [{ key, fate, messageId: null, reason: 'x' }] });
    };
    assert.deepEqual(await heldOf({}), [['boss shop', 'boss crm', 'ops shop'], 3]);
    assert.deepEqual(await heldOf({ limit: 1 }), [['boss shop'], 3]);
    await move('boss', 'crm', 'muted');
    await move('boss', 'shop', 'dropped');
    assert.deepEqual(await heldOf({ fates: ['muted'] }), [['boss crm'], 1]);
    assert.deepEqual(await heldOf({ fates: ['muted', 'pending'], channel: 'ops' }), [['ops shop'], 1]);
    assert.deepEqual(await heldOf({ filter: 'crm' }), [['boss crm'], 1]);
    assert.deepEqual(await heldOf({ fates: [] }), [[], 0]);
  });

  it('tellings of alerts are found wherever they are', async () => {
    await sendFirst(get());
    const { alerts, outbox } = get();
    const { id } = alertIn('crm', AT);
    await decide(alerts, { tellings: [tellingIn('boss', 'crm', AT)] });
    const found = await outbox.tellingsOf([id, id, 'nobody\u0000']);
    assert.deepEqual(
      found.map(({ channel, fate, messageId }) => [channel, fate, messageId]),
      [
        ['ops', 'sent', 'm1'],
        ['boss', 'pending', null],
      ],
    );
    assert.deepEqual(await outbox.tellingsOf([]), []);
  });

  it('messages are found by their ids, each once', async () => {
    const { message } = await sendFirst(get());
    const { outbox } = get();
    assert.deepEqual(await outbox.messagesOf(['m1', 'm1', 'nobody\u0000']), [message]);
    assert.deepEqual(await outbox.messagesOf([]), []);
  });

  it('actions are kept once by their id, the newest first', async () => {
    const { outbox } = get();
    const odd = ann('b', { kind: 'mute', target: 'm\u0000', text: 'odd \ud800 letters', at: AT + 1 });
    assert.equal(await outbox.keepAction(ann('a')), true);
    await outbox.keepAction(odd);
    assert.equal(await outbox.keepAction(ann('a', { by: 'eve' })), false, 'it is known');
    assert.deepEqual(await outbox.actions({ from: AT, limit: 9 }), [odd, ann('a')]);
    assert.deepEqual(await outbox.actions({ from: AT, limit: 1 }), [odd]);
    assert.deepEqual(await outbox.actions({ from: AT + 2, limit: 9 }), []);
  });

  it('who said first that he is at it is known, and the channel knows it of what is open', async () => {
    const { alerts, outbox } = get();
    const alert = alertIn('crm', AT);
    await decide(alerts, {
      alerts: [keptAlertIn('crm', AT)],
      tellings: [tellingIn('ops', 'crm', AT), tellingIn('boss', 'shop', AT, { news: 'repeat' })],
    });
    await outbox.keepAction(ann('z', { at: AT + 5, by: 'eve' }));
    await outbox.keepAction(ann('y', { at: AT + 1 }));
    await outbox.keepAction(ann('x', { at: AT, kind: 'mute' }));
    const known = await outbox.acknowledged([alert.id, 'nobody']);
    assert.deepEqual(
      [...known].map(([id, { by }]) => [id, by]),
      [[alert.id, 'ann']],
    );
    assert.deepEqual([...(await outbox.open('ops')).acknowledged], [[alert.id, 'ann']]);
    assert.deepEqual([...(await outbox.open('boss')).acknowledged], []);
  });

  it('heads are looked at without a lock', async () => {
    const { alerts } = get();
    const head = { newest: AT, print: 'p', loadedAt: 7 };
    await decide(alerts, { heads: [{ filter: 'crm', ...head }] }, ['crm', 'shop']);
    assert.deepEqual([...(await alerts.look((trx) => trx.heads(['crm', 'shop', 'gone'])))], [['crm', head]]);
    assert.deepEqual([...(await alerts.look((trx) => trx.heads([])))], []);
  });
}

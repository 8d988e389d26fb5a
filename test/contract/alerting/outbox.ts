import assert from 'node:assert/strict';
import type { Deploy } from '../../../src/core/model/alerting/deploy.ts';
import type { KeptMessage } from '../../../src/core/ports/alerting/outbox.ts';
import { AT, keptIn, sendFirst, takeLease } from '../../support/alerting/outbox-bench.ts';
import { alertIn, type AlertStage, decide, messageIn, tellingIn } from '../../support/alerting/stage.ts';

/** What is to be told, and what became of it. */
export function outboxContract(get: () => AlertStage): void {
  const sendOne = () => sendFirst(get());
  it('a channel is due while a telling is in no message, or a message has its time', async () => {
    const { alerts, outbox } = get();
    assert.deepEqual(await outbox.due(AT), []);
    await decide(alerts, { tellings: [tellingIn('ops', 'crm', AT), tellingIn('boss', 'crm', AT)] });
    assert.deepEqual(await outbox.due(AT), ['boss', 'ops']);
    const token = await takeLease(outbox);
    const { key } = tellingIn('ops', 'crm', AT);
    const form = (fate: 'pending' | 'quiet' | 'dropped', messageId: string | null, messages: KeptMessage[] = []) =>
      outbox.form('ops', token, { messages, tellings: [{ key, fate, messageId, reason: 'x' }] });
    await form('quiet', null);
    assert.deepEqual(await outbox.due(AT), ['boss', 'ops'], 'what waits may go on');
    await form('dropped', null);
    assert.deepEqual(await outbox.due(AT), ['boss']);
    await form('pending', 'm1', [keptIn('m1', AT, { nextAt: AT + 60_000 })]);
    assert.deepEqual(await outbox.due(AT), ['boss']);
    assert.deepEqual(await outbox.due(AT + 60_000), ['boss', 'ops']);
    await outbox.note('ops', token, keptIn('m1', AT, { fate: 'uncertain', nextAt: AT + 90_000 }));
    assert.deepEqual(await outbox.due(AT + 60_000), ['boss']);
    assert.deepEqual(await outbox.due(AT + 90_000), ['boss', 'ops']);
    await outbox.note('ops', token, keptIn('m1', AT, { fate: 'uncertain', nextAt: Infinity }));
    assert.deepEqual(await outbox.due(AT + 1e12), ['boss'], 'it is final');
  });

  it('what is open at a channel is in the order of deciding, and is the channel’s own', async () => {
    const { alerts, outbox } = get();
    await decide(alerts, {
      tellings: [tellingIn('ops', 'z', AT), tellingIn('ops', 'a', AT), tellingIn('boss', 'a', AT)],
    });
    await decide(alerts, { tellings: [tellingIn('ops', 'm', AT - 300_000)] });
    const { tellings, messages, createdAt, threads } = await outbox.open('ops');
    assert.deepEqual(
      tellings.map(({ alert }) => alert.filter),
      ['z', 'a', 'm'],
    );
    assert.deepEqual([messages, createdAt, [...threads]], [[], [], []]);
  });

  it('a message has its tellings’ fate, and its thread is that of what told the alert first', async () => {
    const { message, token } = await sendOne();
    const { alerts, outbox } = get();
    const later = tellingIn('ops', 'crm', AT, { news: 'repeat', alert: alertIn('crm', AT, { value: 150 }) });
    await decide(alerts, { tellings: [later] });
    const open = await outbox.open('ops');
    assert.deepEqual(
      open.tellings.map(({ key }) => key),
      [tellingIn('ops', 'shop', AT).key, later.key],
    );
    assert.deepEqual(open.messages, []);
    assert.deepEqual(open.createdAt, [message.createdAt]);
    assert.deepEqual([...open.threads], [[later.alert.id, 'ts-1']]);
    const second = keptIn('m2', message.createdAt + 1, { fate: 'sent', ref: 'ts-2' });
    await outbox.form('ops', token, {
      messages: [second],
      tellings: [{ key: later.key, fate: 'sent', messageId: 'm2', reason: null }],
    });
    await decide(alerts, { tellings: [{ ...later, key: `${later.key}-2` }] });
    assert.deepEqual([...(await outbox.open('ops')).threads], [[later.alert.id, 'ts-1']]);
    const kept = await outbox.tellings({ from: AT, to: AT + 1, filter: 'crm' });
    assert.deepEqual(
      kept.map(({ fate, messageId }) => [fate, messageId]),
      [
        ['sent', 'm1'],
        ['sent', 'm2'],
        ['pending', null],
      ],
    );
  });

  it('a message comes back as it was noted last, with odd letters', async () => {
    const { token, message } = await sendOne();
    const odd = { ...message, fate: 'refused' as const, error: 'no\u0000 \ud800', isPlain: true, isPosting: true };
    assert.ok(await get().outbox.note('ops', token, { ...odd, leftOut: 3, nextAt: Infinity, ref: null }));
    const from = message.createdAt;
    assert.deepEqual(await get().outbox.messages({ from, to: from + 1 }), [
      { ...odd, leftOut: 3, nextAt: Infinity, ref: null },
    ]);
    assert.deepEqual(await get().outbox.messages({ from: from + 1, to: from + 9 }), []);
  });

  it('open messages are the oldest first, with what they hold; one that is known is replaced', async () => {
    const { alerts, outbox } = get();
    await decide(alerts, { tellings: [tellingIn('ops', 'crm', AT), tellingIn('ops', 'shop', AT)] }, ['crm', 'shop']);
    const token = await takeLease(outbox);
    const now = await get().now();
    const [m0, m9] = [keptIn('m0', now, { fate: 'sent' }), keptIn('m9', now)];
    const tellings = ['crm', 'shop'].map((filter, index) => ({
      key: tellingIn('ops', filter, AT).key,
      fate: (['pending', 'sent'] as const)[index]!,
      messageId: ['m9', 'm0'][index]!,
      reason: null,
    }));
    await outbox.form('ops', token, { messages: [keptIn('m2', now + 1), keptIn('m1', now + 1), m9, m0], tellings });
    await outbox.form('ops', token, { messages: [keptIn('m2', now + 1, { fate: 'grouped' })], tellings: [] });
    const open = await outbox.open('ops');
    assert.deepEqual(
      open.messages.map(({ message }) => message.id),
      ['m9', 'm1'],
    );
    assert.deepEqual(
      open.tellings.map(({ messageId }) => messageId),
      ['m9'],
    );
    assert.deepEqual(open.createdAt, [now, now, now + 1], 'a message that is grouped takes no room');
  });

  it('a message takes room from when it was posted last, else from when it was created', async () => {
    const { outbox } = get();
    const token = await takeLease(outbox);
    const now = await get().now();
    const posted = keptIn('m1', now - 1000, { fate: 'sent', postedAt: now, nextAt: Infinity });
    await outbox.form('ops', token, { messages: [posted, keptIn('m2', now - 2000)], tellings: [] });
    assert.deepEqual([...(await outbox.open('ops')).createdAt].sort(), [now - 2000, now]);
  });

  it('what the vendor asked of any message of the last day holds for its channel', async () => {
    const { outbox } = get();
    const [token, now] = [await takeLease(outbox), await get().now()];
    const asked = async () => (await outbox.open('ops')).askedUntil;
    assert.equal(await asked(), 0);
    const kept = keptIn('m1', now - 9_000_000, { postedAt: now, error: 'says "askedUntil":7', waitsSince: 5 });
    await outbox.form('ops', token, { messages: [kept], tellings: [] });
    assert.equal(await asked(), 0);
    for (const [id, askedUntil] of [
      ['m1', now + 70_000],
      ['m2', now + 60_000],
    ] as const) {
      await outbox.note('ops', token, { ...kept, message: { ...kept.message, id }, askedUntil });
      assert.equal(await asked(), now + 70_000);
    }
    const over = { ...kept, askedUntil: now + 70_000, fate: 'grouped', nextAt: Infinity } as const;
    await outbox.form('ops', token, { messages: [over], tellings: [] });
    assert.equal(await asked(), now + 70_000);
    assert.deepEqual((await outbox.listed({ id: 'm1', limit: 1 }))[0], over);
    assert.equal((await outbox.open('boss')).askedUntil, 0);
  });

  it('what was told of an alert at this channel is known: sent, or for good uncertain', async () => {
    const { token, message } = await sendOne();
    const { alerts, outbox } = get();
    const told = async (channel = 'ops'): Promise<readonly string[]> => [...(await outbox.open(channel)).told];
    const { alert } = tellingIn('ops', 'crm', AT);
    assert.deepEqual(await told(), [], 'nothing is open of it');
    const later = tellingIn('ops', 'crm', AT, { news: 'resolved' });
    await decide(alerts, { tellings: [later, { ...later, key: 'boss', channel: 'boss' }] });
    assert.deepEqual([await told(), await told('boss')], [[alert.id], []]);
    await outbox.note('ops', token, { ...message, fate: 'uncertain', nextAt: AT });
    assert.deepEqual(await told(), []);
    await outbox.note('ops', token, { ...message, fate: 'uncertain', nextAt: Infinity });
    assert.deepEqual(await told(), [alert.id]);
  });

  it('a channel is seen with its fates, its last success and its last error', async () => {
    const { token, message } = await sendOne();
    const { outbox } = get();
    const seen = async () => (await outbox.channels()).find(({ channel }) => channel === 'ops')!;
    const { lastSuccess, ...rest } = await seen();
    assert.ok(Math.abs(lastSuccess! - (await get().now())) < 60_000);
    assert.deepEqual(rest, { channel: 'ops', counts: { sent: 1, pending: 1 }, lastError: null });
    await outbox.note('ops', token, { ...message, fate: 'given up', error: 'no answer' });
    assert.deepEqual(await seen(), {
      channel: 'ops',
      counts: { 'given up': 1, pending: 1 },
      lastError: 'no answer',
      lastSuccess,
    });
  });

  it('something of ours is posted once by its id', async () => {
    const { outbox } = get();
    const message = messageIn('own-1', { type: 'message', lines: ['the cron is away'] });
    await outbox.post('ops', message, AT);
    await outbox.post('ops', { ...message, lines: ['again'] }, AT + 1);
    assert.deepEqual(await outbox.due(AT), ['ops']);
    assert.deepEqual((await outbox.open('ops')).messages, [keptIn('own-1', AT, { message })]);
  });

  it('something of ours that is to be told with others is neither due nor open, and is listed', async () => {
    const { outbox } = get();
    await outbox.post('ops', messageIn('own-2', { type: 'message', lines: ['a line'] }), AT, Infinity);
    assert.deepEqual([await outbox.due(AT + 86_400_000), (await outbox.open('ops')).messages], [[], []]);
    assert.equal((await outbox.tally([])).pending, 0);
    const [kept] = await outbox.listed({ fates: ['pending'], limit: 9 });
    assert.deepEqual([kept!.message.id, kept!.nextAt], ['own-2', Infinity]);
  });

  it('mutes are kept by id until they are taken away', async () => {
    const { outbox } = get();
    const mute = {
      id: 'b',
      by: 'post',
      what: { kind: 'issue', name: '7\u0000' },
      until: { kind: 'instant', at: AT },
      why: 'known',
      since: 1,
    } as const;
    await outbox.mute(mute);
    await outbox.mute({ ...mute, id: 'a', what: { kind: 'all' }, until: { kind: 'events', count: 5 } });
    await outbox.mute({ ...mute, why: 'still known' });
    await outbox.unmute('nobody');
    assert.deepEqual(await outbox.mutes(), [
      { ...mute, id: 'a', what: { kind: 'all' }, until: { kind: 'events', count: 5 } },
      { ...mute, why: 'still known' },
    ]);
    await outbox.unmute('a');
    await outbox.unmute('b');
    assert.deepEqual(await outbox.mutes(), []);
  });

  it('keeps releases until long after their end, each once by its id', async () => {
    const { outbox } = get();
    const deploy = (id: string, since: number, until: number): Deploy => {
      return { id, what: { kind: 'team', name: 'crm' }, release: '1.4.2 "x"', since, until };
    };
    await outbox.deploy(deploy('b', AT + 1, AT + 5));
    await outbox.deploy(deploy('a', AT, AT + 2));
    await outbox.deploy(deploy('b', AT + 1, AT + 9));
    assert.deepEqual(await outbox.deploys(AT), [deploy('a', AT, AT + 2), deploy('b', AT + 1, AT + 9)]);
    assert.deepEqual(await outbox.deploys(AT + 9), [deploy('b', AT + 1, AT + 9)]);
    assert.deepEqual(await outbox.deploys(AT + 10), []);
  });
}

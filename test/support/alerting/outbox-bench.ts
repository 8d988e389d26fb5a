import assert from 'node:assert/strict';
import type { KeptMessage, Outbox } from '../../../src/core/ports/alerting/outbox.ts';
import { type AlertStage, decide, messageIn, tellingIn } from './stage.ts';

/** 2026-11-20T10:00Z */
export const AT = 1_795_168_800_000;
export const LEASE = 30_000;

export function keptIn(id: string, createdAt: number, given: Partial<KeptMessage> = {}): KeptMessage {
  return {
    message: messageIn(id),
    channel: 'ops',
    createdAt,
    fate: 'pending',
    tries: 0,
    nextAt: createdAt,
    isPlain: false,
    isPosting: false,
    owner: null,
    postedAt: null,
    ref: null,
    error: null,
    leftOut: 0,
    ...given,
  };
}

export async function takeLease(outbox: Outbox, channel = 'ops'): Promise<string> {
  const token = await outbox.lease(channel, LEASE);
  assert.ok(token !== null);
  return token;
}

/** Two tellings of `ops`, the first of them in the message `m1` that was sent. */
export async function sendFirst(stage: AlertStage): Promise<{ readonly token: string; readonly message: KeptMessage }> {
  const { alerts, outbox } = stage;
  const tellings = [tellingIn('ops', 'crm', AT), tellingIn('ops', 'shop', AT)];
  await decide(alerts, { tellings }, ['crm', 'shop']);
  const token = await takeLease(outbox);
  const message = keptIn('m1', await stage.now(), { message: messageIn('m1', { alerts: [tellings[0]!.alert] }) });
  const [{ key }] = tellings as [{ key: string }, unknown];
  assert.ok(
    await outbox.form('ops', token, {
      messages: [message],
      tellings: [{ key, fate: 'pending', messageId: 'm1', reason: null }],
    }),
  );
  const sent: KeptMessage = {
    ...message,
    fate: 'sent',
    tries: 1,
    owner: 'host-1',
    postedAt: message.createdAt,
    ref: 'ts-1',
  };
  assert.ok(await outbox.note('ops', token, sent));
  return { token, message: sent };
}

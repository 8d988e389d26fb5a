import type { KeptMessage } from '../../../ports/alerting/outbox.ts';
import type { Held } from './lease.ts';
import type { ChannelTrouble, ChannelWork, RelayParts } from './relay-parts.ts';
import { GIVEN_UP_MS } from './retry.ts';

/**
 * A channel that this server does not know: another may, or it was taken out of the file. What it has is given up in
 * the end.
 */
export async function giveUpAll(
  name: string,
  held: Held,
  { parts: { outbox, posted }, sure }: { readonly parts: RelayParts; readonly sure: number },
): Promise<Omit<ChannelWork, 'kind' | 'name'>> {
  const why = `no file of this server has a channel ${name}`;
  const open = await outbox.open(name);
  const isOld = (at: number): boolean => sure - at >= GIVEN_UP_MS;
  const messages = open.messages
    .filter(({ createdAt }) => isOld(createdAt))
    .map((kept): KeptMessage => ({ ...kept, fate: 'given up', isPosting: false, nextAt: Infinity, error: why }));
  const tellings = open.tellings
    .filter(({ messageId, decidedAt }) => messageId === null && isOld(decidedAt))
    .map(({ key }) => ({ key, fate: 'given up' as const, messageId: null, reason: why }));
  if (tellings.length > 0) await held.form({ messages: [], tellings });
  for (const message of messages) {
    await held.note(message);
    posted?.(name, 'given_up');
  }
  const trouble = (messageId: string, alerts: number): ChannelTrouble => {
    return { channel: name, fate: 'given up', messageId, alerts, why };
  };
  const troubles = [
    ...messages.map(({ message }) => trouble(message.id, message.alerts.length)),
    ...(tellings.length > 0 ? [trouble('', tellings.length)] : []),
  ];
  return { status: 'failed', detail: why, left: 0, troubles, isUnknown: true };
}

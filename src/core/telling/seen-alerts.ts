import type { Fate } from '../model/alerting/alert.ts';
import type { ChannelFate, SeenAlert } from '../model/alerting/seen.ts';
import type { KeptMessage, KeptTelling } from '../ports/alerting/outbox.ts';

/**
 * Alerts with what became of them at each channel, in the order of the tellings. What was sent earlier than `since`,
 * epoch ms, was sent before.
 */
export function seenAlerts(
  tellings: readonly KeptTelling[],
  messages: readonly KeptMessage[],
  since: number,
): readonly SeenAlert[] {
  const byId = new Map(messages.map((kept) => [kept.message.id, kept]));
  const pieces = Map.groupBy(tellings, pieceOf);
  return [...pieces.values()].map((some) => ({
    alert: some[0]!.alert,
    channels: Object.fromEntries(
      some.map((telling) => [telling.channel, fateOf(telling, byId.get(telling.messageId ?? ''), since)]),
    ),
  }));
}

/** One piece of news, whomever it is for. */
export function pieceOf({ key, channel }: Pick<KeptTelling, 'key' | 'channel'>): string {
  return key.slice(0, key.length - channel.length);
}

function fateOf({ fate, reason }: KeptTelling, message: KeptMessage | undefined, since: number): ChannelFate {
  const error = message?.error ?? reason;
  return {
    status: statusOf(fate, message, since),
    tries: message?.tries ?? 0,
    ...(error === null || error === undefined ? {} : { error }),
  };
}

/** A message that is no longer kept was sent long ago. */
function statusOf(fate: Fate, message: KeptMessage | undefined, since: number): Fate | 'sent before' {
  return fate === 'sent' && (message?.postedAt ?? 0) < since ? 'sent before' : fate;
}

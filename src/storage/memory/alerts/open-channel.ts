import { DAY_MS } from '../../../core/model/window.ts';
import type { KeptMessage, KeptTelling, OpenChannel } from '../../../core/ports/alerting/outbox.ts';
import { isOpen, isOpenMessage } from './book.ts';

/** `tellings`: all of the channel, in the order in which they were decided; `messages`: all, the oldest first. */
export function openChannel(
  tellings: readonly KeptTelling[],
  messages: readonly KeptMessage[],
  now: number,
): OpenChannel {
  const waiting = messages.filter(isOpenMessage);
  const inWaiting = new Set<string | null>(waiting.map(({ message }) => message.id));
  const open = tellings.filter((it) => isOpen(it) || inWaiting.has(it.messageId));
  const ids = new Set(open.map(({ alert }) => alert.id));
  const known = tellings.filter(({ alert }) => ids.has(alert.id));
  const isTold = ({ fate, messageId }: KeptTelling): boolean =>
    fate === 'sent' || (fate === 'uncertain' && !inWaiting.has(messageId));
  return {
    tellings: open,
    messages: waiting,
    told: new Set(known.filter(isTold).map(({ alert }) => alert.id)),
    createdAt: messages
      .filter(({ fate }) => fate !== 'grouped')
      .map(({ createdAt, postedAt }) => postedAt ?? createdAt)
      .filter((at) => at > now - DAY_MS),
    threads: threadsOf(known, messages),
  };
}

function threadsOf(tellings: readonly KeptTelling[], messages: readonly KeptMessage[]): ReadonlyMap<string, string> {
  const places = new Map(messages.map(({ message, ref }, index) => [message.id, { index, ref }]));
  const told = tellings.flatMap(({ messageId, alert }) => {
    const place = places.get(messageId ?? '');
    return place === undefined || place.ref === null ? [] : [{ id: alert.id, index: place.index, ref: place.ref }];
  });
  // The newest first, so that the one that told it first stays.
  return new Map(told.sort((a, b) => b.index - a.index).map(({ id, ref }) => [id, ref]));
}

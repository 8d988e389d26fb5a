import { DAY_MS } from '../../../core/model/window.ts';
import { ENDS } from '../../../core/model/alerting/alert.ts';
import type { KeptMessage, KeptTelling, OpenChannel } from '../../../core/ports/alerting/outbox.ts';
import { isOpen, isOpenMessage } from './book.ts';

/** `tellings`: all of the channel, in the order in which they were decided; `messages`: all, the oldest first. */
export function openChannel(
  tellings: readonly KeptTelling[],
  messages: readonly KeptMessage[],
  acknowledgedBy: (alertId: string) => string | undefined,
  now: number,
): OpenChannel {
  const waiting = messages.filter(isOpenMessage);
  const inWaiting = new Set<string | null>(waiting.map(({ message }) => message.id));
  const open = tellings.filter((it) => isOpen(it) || inWaiting.has(it.messageId));
  const ids = new Set(open.map(({ alert }) => alert.id));
  const known = tellings.filter(({ alert }) => ids.has(alert.id));
  const recent = messages.filter((kept) => kept.fate !== 'grouped' && roomAt(kept) > now - DAY_MS);
  const isTold = ({ fate, messageId }: KeptTelling): boolean =>
    fate === 'sent' || (fate === 'uncertain' && !inWaiting.has(messageId));
  return {
    tellings: open,
    messages: waiting,
    told: new Set(known.filter(isTold).map(({ alert }) => alert.id)),
    createdAt: recent.map(roomAt),
    endedAt: recent.filter(({ message }) => isEnd(tellings, message.id)).map(roomAt),
    threads: threadsOf(known, messages),
    acknowledged: new Map(
      open.flatMap(({ alert: { id } }): [string, string][] => {
        const by = acknowledgedBy(id);
        return by === undefined ? [] : [[id, by]];
      }),
    ),
  };
}

function roomAt({ createdAt, postedAt }: KeptMessage): number {
  return postedAt ?? createdAt;
}

function isEnd(tellings: readonly KeptTelling[], id: string): boolean {
  const own = tellings.filter(({ messageId }) => messageId === id);
  return own.length > 0 && own.every(({ news }) => ENDS.includes(news));
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

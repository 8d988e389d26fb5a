import { DAY_MS } from '../../../core/model/window.ts';
import { ENDS } from '../../../core/model/alerting/alert.ts';
import type { KeptAlert } from '../../../core/ports/alerting/alert-store.ts';
import type { KeptMessage, KeptTelling, OpenChannel } from '../../../core/ports/alerting/outbox.ts';
import { againAfter, endsIn, type Lasting } from '../../alerts/again.ts';
import { isOpen, isOpenMessage } from './book.ts';

/** What else is known. */
interface Known {
  acknowledgedBy(alertId: string): string | undefined;
  /** All. */
  readonly alerts: readonly KeptAlert[];
  /** Epoch ms. */
  readonly now: number;
}

/** `tellings`: all of the channel, in the order in which they were decided; `messages`: all, the oldest first. */
export function openChannel(
  tellings: readonly KeptTelling[],
  messages: readonly KeptMessage[],
  { acknowledgedBy, alerts, now }: Known,
): OpenChannel {
  const waiting = messages.filter(isOpenMessage);
  const inWaiting = new Set<string | null>(waiting.map(({ message }) => message.id));
  const open = tellings.filter((it) => isOpen(it) || inWaiting.has(it.messageId));
  const ids = new Set(open.map(({ alert }) => alert.id));
  const known = tellings.filter(({ alert }) => ids.has(alert.id));
  const lately = messages.filter((kept) => roomAt(kept) > now - DAY_MS);
  const recent = lately.filter(({ fate }) => fate !== 'grouped');
  const isTold = ({ fate, messageId }: KeptTelling): boolean =>
    fate === 'sent' || (fate === 'uncertain' && !inWaiting.has(messageId));
  return {
    tellings: open,
    messages: waiting,
    told: new Set(known.filter(isTold).map(({ alert }) => alert.id)),
    createdAt: recent.map(roomAt),
    endedAt: recent.filter(({ message }) => isEnd(tellings, message.id)).map(roomAt),
    askedUntil: lately.reduce((latest, { askedUntil = 0 }) => Math.max(latest, askedUntil), 0),
    threads: threadsOf(known, messages),
    acknowledged: new Map(
      open.flatMap(({ alert: { id } }): [string, string][] => {
        const by = acknowledgedBy(id);
        return by === undefined ? [] : [[id, by]];
      }),
    ),
    again: againAfter(endsIn(open), lastingIn(alerts, tellings)),
  };
}

/** As far as the channel was told of it. */
function lastingIn(alerts: readonly KeptAlert[], tellings: readonly KeptTelling[]): readonly Lasting[] {
  const told = new Set(
    tellings.filter(({ fate }) => fate === 'sent' || fate === 'uncertain').map(({ alert }) => alert.id),
  );
  return alerts.flatMap(({ alert: { id }, since, until }) => (until === null && told.has(id) ? [{ id, since }] : []));
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

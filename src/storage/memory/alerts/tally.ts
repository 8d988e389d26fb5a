import { reachesNobody } from '../../../core/alerts/outbox/unheard.ts';
import type { AlertTally } from '../../../core/ports/alerting/tally.ts';
import { countFiring } from '../../alerts/count-firing.ts';
import { type Book, isOpenMessage } from './book.ts';

/** `filters`: whose alerts are counted. */
export function tallyOf(
  { alerts, tellings, messages, channels }: Book,
  filters: readonly string[],
  now: number,
): AlertTally {
  const firing = [...alerts.values()].filter(({ alert, until }) => until === null && filters.includes(alert.filter));
  const times = [
    ...[...tellings.values()]
      .filter(({ fate, messageId }) => fate === 'pending' && messageId === null)
      .map(({ decidedAt }) => decidedAt),
    ...[...messages.values()].filter(isOpenMessage).map(({ createdAt }) => createdAt),
  ];
  return {
    firing: countFiring(firing.map(({ alert }) => alert)),
    pending: times.length,
    unheard: [...channels].flatMap(([name, seen]) => (reachesNobody(seen, now) ? [name] : [])).sort(),
    waitedMs: times.length === 0 ? null : times.reduce((most, at) => Math.max(most, now - at), 0),
  };
}

import type { RelayParts } from '../../../core/alerts/outbox/sending/relay-parts.ts';
import { faultOf } from '../../../core/model/errors.ts';
import type { Hits } from '../../../core/model/ticketing/content.ts';
import type { Log } from '../../../core/ports/scope.ts';
import type { Tickets } from '../../../core/ports/tickets/tickets.ts';

/** Events that a message lists, of all its issues together. */
const MOST = 40;

/** Out of the event store. Whoever is told is told without, when they cannot be had. */
export function hitsIn({
  tickets,
  log,
}: {
  readonly tickets?: Pick<Tickets, 'hits'> | undefined;
  readonly log: Log;
}): RelayParts['hits'] {
  if (tickets === undefined) return undefined;
  return async (alerts) => {
    const found = new Map<string, Hits>();
    const each = Math.floor(MOST / alerts.length);
    try {
      for (const { id, subject } of alerts) {
        const hits = await tickets.hits({ project: subject.project ?? '', id: subject.id }, each);
        if (hits.listed.length > 0) found.set(id, hits);
      }
    } catch (error) {
      log.warn({ error: faultOf(error).message }, 'told without events');
    }
    return found;
  };
}

import type { RelayParts } from '../../../core/alerts/outbox/sending/relay-parts.ts';
import type { KeptDeps } from '../deps.ts';

/** Out of what is kept of windows. */
export function countsIn({ alerts }: Pick<KeptDeps, 'alerts'>): NonNullable<RelayParts['counts']> {
  return async (waits) => {
    const { eventsSince } = await import('../../../core/alerts/outbox/events-since.ts');
    return eventsSince(waits, alerts);
  };
}

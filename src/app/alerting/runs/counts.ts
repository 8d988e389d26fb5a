import type { RelayParts } from '../../../core/alerts/outbox/sending/relay-parts.ts';
import type { KeptDeps } from '../deps.ts';

/** Out of what is kept of windows and days. */
export function countsIn({ alerts, outbox }: Pick<KeptDeps, 'alerts' | 'outbox'>): NonNullable<RelayParts['counts']> {
  return async (waits) => {
    const { eventsSince } = await import('../../../core/alerts/outbox/events-since.ts');
    return eventsSince(waits, alerts, await outbox.now());
  };
}

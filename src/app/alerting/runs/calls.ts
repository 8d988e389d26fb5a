import type { Alert } from '../../../core/model/alerting/alert.ts';
import { faultOf } from '../../../core/model/errors.ts';
import { EVENTS } from '../../../core/ports/events/intake.ts';
import type { RelayParts } from '../../../core/alerts/outbox/sending/relay-parts.ts';
import type { KeptDeps } from '../deps.ts';

/** Out of the newest events that intakes brought. Whoever is told is told without, when they cannot be had. */
export function callsIn(deps: KeptDeps): RelayParts['calls'] {
  const { ledger, inForce, sourceOf, log } = deps;
  const { events } = ledger;
  if (events === undefined) return undefined;
  const isOurs = ({ filter }: Alert): boolean => {
    const found = inForce().filters.find(({ name }) => name === filter);
    return found !== undefined && sourceOf(found) === EVENTS;
  };
  return async (alerts) => {
    const calls = new Map<string, readonly string[]>();
    const ours = alerts.filter(isOurs);
    if (ours.length === 0) return calls;
    const { callsOf } = await import('../../../core/alerts/words/calls.ts');
    try {
      for (const { id, subject } of ours) {
        const samples = await events.samples(subject.project ?? '', subject.id);
        const lines = callsOf(samples.at(-1)?.sample?.frames ?? []);
        if (lines.length > 0) calls.set(id, lines);
      }
    } catch (error) {
      log.warn({ error: faultOf(error).message }, 'told without calls');
    }
    return calls;
  };
}

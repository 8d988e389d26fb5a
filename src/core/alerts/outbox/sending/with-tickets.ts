import type { KeptMessage } from '../../../ports/alerting/outbox.ts';
import { LISTED } from '../../words/worded.ts';
import type { RelayParts } from './relay-parts.ts';

/** The same messages with the tickets of the issues that they speak of. */
export async function withTickets(
  messages: readonly KeptMessage[],
  tickets: RelayParts['tickets'],
): Promise<readonly KeptMessage[]> {
  if (tickets === undefined) return messages;
  const all: KeptMessage[] = [];
  for (const kept of messages) {
    const alerts = kept.fate === 'grouped' ? [] : kept.message.alerts.slice(0, LISTED);
    const asked = alerts.filter(({ subject }) => subject.kind === 'issue');
    const found = asked.length === 0 ? undefined : await tickets(asked);
    all.push(
      found === undefined || found.size === 0
        ? kept
        : { ...kept, message: { ...kept.message, tickets: Object.fromEntries(found) } },
    );
  }
  return all;
}

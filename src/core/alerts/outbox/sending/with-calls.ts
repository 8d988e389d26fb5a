import { LISTED } from '../../words/worded.ts';
import type { KeptMessage } from '../../../ports/alerting/outbox.ts';
import type { RelayParts } from './relay-parts.ts';

/** The same messages with the calls that led to what their alerts speak of; what is over needs none. */
export async function withCalls(
  messages: readonly KeptMessage[],
  calls: RelayParts['calls'],
): Promise<readonly KeptMessage[]> {
  if (calls === undefined) return messages;
  const all: KeptMessage[] = [];
  for (const kept of messages) {
    const alerts = kept.fate === 'grouped' ? [] : kept.message.alerts.slice(0, LISTED);
    const asked = alerts.filter(({ state, subject }) => state !== 'resolved' && subject.kind === 'issue');
    const found = asked.length === 0 ? undefined : await calls(asked);
    const isKnown = found !== undefined && found.size > 0;
    all.push(isKnown ? { ...kept, message: { ...kept.message, calls: Object.fromEntries(found) } } : kept);
  }
  return all;
}

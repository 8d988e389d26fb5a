import type { KeptMessage, KeptTelling } from '../../../ports/alerting/outbox.ts';
import type { Around } from '../forming/around.ts';
import type { RelayParts } from './relay-parts.ts';
import { withCalls } from './with-calls.ts';
import { withHits } from './with-hits.ts';
import { withTickets } from './with-tickets.ts';

/** What people are told besides alerts. */
export type Besides = Pick<RelayParts, 'calls' | 'hits' | 'tickets'>;

/** Messages that were formed of these tellings, with all that people are told besides. */
export async function withAll(
  messages: readonly KeptMessage[],
  tellings: readonly KeptTelling[],
  { rules, calls, hits, tickets }: Besides & Pick<Around, 'rules'>,
): Promise<readonly KeptMessage[]> {
  const called = await withCalls(messages, calls);
  return withTickets(await withHits(called, tellings, { rules, hits }), tickets);
}

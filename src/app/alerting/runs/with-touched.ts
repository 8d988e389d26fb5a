import type { WindowFacts } from '../../../core/model/alerting/facts.ts';
import { issueKey } from '../../../core/model/ticketing/ticket.ts';
import type { ToDecide } from '../../../core/ports/alerting/decider.ts';
import type { Tickets } from '../../../core/ports/tickets/tickets.ts';

/** Windows with what rules ask of tickets, where any of their rules does. It is as it is when they are decided. */
export async function withTouched(
  all: readonly ToDecide[],
  tickets: Pick<Tickets, 'touched'> | undefined,
): Promise<readonly ToDecide[]> {
  if (tickets === undefined) return all;
  return Promise.all(
    all.map(async (one) => (asks(one) ? { ...one, facts: await factsWith(one.facts, tickets) } : one)),
  );
}

function asks({ filter: { alerts = [] } }: ToDecide): boolean {
  return alerts.some(({ condition }) => condition.kind === 'unticketed');
}

async function factsWith(facts: WindowFacts, tickets: Pick<Tickets, 'touched'>): Promise<WindowFacts> {
  if (facts.issues.length === 0) return facts;
  const touched = await tickets.touched(facts.issues);
  if (touched === null) return facts;
  return { ...facts, issues: facts.issues.map((issue) => ({ ...issue, ticket: touched.get(issueKey(issue)) })) };
}

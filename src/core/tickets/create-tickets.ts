import type { TicketOrder, TicketOutcome } from '../model/tickets/order.ts';
import { issueKey } from '../model/tickets/ticket.ts';
import type { Tickets } from '../ports/tickets/tickets.ts';
import type { FilingDeps } from './filing/deps.ts';
import { fileTicket } from './filing/file-ticket.ts';

export interface TicketsDeps extends FilingDeps {
  readonly teams: readonly string[];
}

/** Tickets as this process files them: who asks for the same at the same time waits for the same answer. */
export function createTickets(deps: TicketsDeps): Tickets {
  const underWay = new Map<string, Promise<TicketOutcome>>();
  return {
    project: deps.project,
    teams: deps.teams,
    async file(order, scope) {
      const key = keyOf(order, deps.project);
      const other = underWay.get(key);
      if (other !== undefined) return asSecond(await other);
      const own = fileTicket(order, deps, scope).finally(() => underWay.delete(key));
      underWay.set(key, own);
      return own;
    },
    of: (issues) => deps.store.linked(issues.map(issueKey)),
    search: (text, limit) => deps.store.search(text, limit),
  };
}

function keyOf({ issue, project, ticket }: TicketOrder, usual: string): string {
  return JSON.stringify([issueKey(issue), project ?? usual, ticket]);
}

/** For who asked while the first one was served. */
function asSecond(outcome: TicketOutcome): TicketOutcome {
  if (!('ticket' in outcome)) return outcome;
  return { status: 'exists', ticket: outcome.ticket, say: `There is ${outcome.ticket.key}` };
}

import type { RelayParts } from '../../../core/alerts/outbox/sending/relay-parts.ts';
import type { Alert } from '../../../core/model/alerting/alert.ts';
import { faultOf } from '../../../core/model/errors.ts';
import { issueKey, ticketSaid, type TicketIssue } from '../../../core/model/ticketing/ticket.ts';
import type { IssueTickets } from '../../../core/digests/with-tickets.ts';
import type { Log } from '../../../core/ports/scope.ts';
import type { Tickets } from '../../../core/ports/tickets/tickets.ts';

/** Tickets of an issue that people are told of. */
const MOST = 3;

interface Known {
  readonly tickets?: Tickets | undefined;
  readonly log: Log;
}

/** By `issueKey`. Whoever is told is told without, when they cannot be had. Undefined: there are no tickets. */
export function issueTickets({ tickets, log }: Known): IssueTickets | undefined {
  if (tickets === undefined) return undefined;
  return async (issues) => {
    try {
      const found = [...(await tickets.of(issues))];
      return new Map(found.map(([key, all]) => [key, all.slice(0, MOST).map(ticketSaid)]));
    } catch (error) {
      log.warn({ error: faultOf(error).message }, 'told without tickets');
      return new Map();
    }
  };
}

/** The same of alerts. */
export function ticketsIn(known: Known): RelayParts['tickets'] {
  const of = issueTickets(known);
  if (of === undefined) return undefined;
  return async (alerts) => {
    const issues = new Map(alerts.flatMap(asked));
    if (issues.size === 0) return new Map();
    const found = await of([...issues.values()]);
    const said = [...issues].map(([id, issue]) => [id, found.get(issueKey(issue)) ?? []] as const);
    return new Map(said.filter(([, all]) => all.length > 0));
  };
}

function asked({ id, subject }: Alert): [string, TicketIssue][] {
  return subject.kind === 'issue' ? [[id, { project: subject.project ?? '', id: subject.id }]] : [];
}

import type { Alert } from '../../../core/model/alerting/alert.ts';
import { faultOf } from '../../../core/model/errors.ts';
import { issueKey, ticketSaid, type TicketIssue, type TicketSaid } from '../../../core/model/tickets/ticket.ts';
import type { Log } from '../../../core/ports/scope.ts';
import type { Tickets } from '../../../core/ports/tickets/tickets.ts';

/** By alert id what is known of tickets of its issue. Never rejects. */
export type TicketsOf = (alerts: readonly Alert[]) => Promise<ReadonlyMap<string, readonly TicketSaid[]>>;

/** Tickets of an issue that people are told of. */
const MOST = 3;

/** Whoever is told is told without, when they cannot be had. Undefined: there are no tickets. */
export function ticketsIn({
  tickets,
  log,
}: {
  readonly tickets?: Tickets | undefined;
  readonly log: Log;
}): TicketsOf | undefined {
  if (tickets === undefined) return undefined;
  return async (alerts) => {
    const issues = new Map(alerts.flatMap((alert) => asked(alert)));
    if (issues.size === 0) return new Map();
    try {
      const found = await tickets.of([...issues.values()]);
      const said = [...issues].map(([id, issue]): [string, readonly TicketSaid[]] => {
        return [id, (found.get(issueKey(issue)) ?? []).slice(0, MOST).map(ticketSaid)];
      });
      return new Map(said.filter(([, all]) => all.length > 0));
    } catch (error) {
      log.warn({ error: faultOf(error).message }, 'told without tickets');
      return new Map();
    }
  };
}

function asked({ id, subject }: Alert): [string, TicketIssue][] {
  return subject.kind === 'issue' ? [[id, { project: subject.project ?? '', id: subject.id }]] : [];
}

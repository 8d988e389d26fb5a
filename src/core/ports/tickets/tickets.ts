import type { Hits } from '../../model/ticketing/content.ts';
import type { TicketOrder, TicketOutcome } from '../../model/ticketing/order.ts';
import type { LinkedTicket, Ticket, TicketIssue } from '../../model/ticketing/ticket.ts';
import type { Scope } from '../scope.ts';

/** The ticket that was touched last. */
export interface Touched {
  readonly key: string;
  readonly touchedAt: number;
}

/** What people and rules do with tickets. */
export interface Tickets {
  /** The tracker's project where nothing else is said. */
  readonly project: string;
  /** Names of teams that a ticket can be made for. */
  readonly teams: readonly string[];
  /** Never rejects for what a tracker does. One ticket comes of it, however often and wherever it is called. */
  file(order: TicketOrder, scope: Scope): Promise<TicketOutcome>;
  /** By `issueKey`; those that have any, the strongest link first. Asks nobody but the ledger. */
  of(issues: readonly TicketIssue[]): Promise<ReadonlyMap<string, readonly LinkedTicket[]>>;
  /**
   * By `issueKey`, when a ticket of theirs was touched last, epoch ms; of those that have none, null. Null: it is not
   * known now what others did in the tracker.
   */
  touched(issues: readonly TicketIssue[]): Promise<ReadonlyMap<string, Touched | null> | null>;
  /** At most so many are listed; none, where the event store does not have the issue. Asks nobody but the ledger. */
  hits(issue: TicketIssue, limit: number): Promise<Hits>;
  /**
   * The same of issues that we keep no events of: their source is asked. Null: no source has such. Never rejects:
   * `lack` says why there are none.
   */
  sourceHits(issue: TicketIssue, limit: number, scope: Scope): Promise<Hits | null>;
  /** Has somebody told of what a tracker refused to people, a line each. Absent: nobody is. */
  onRefusal?(tell: (line: string) => void): void;
  /** Among the tickets that are known: key first, then summary, then text. Asks nobody but the ledger. */
  search(text: string, limit: number): Promise<readonly Ticket[]>;
}

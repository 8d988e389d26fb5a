import { chunks } from '../../../core/model/chunks.ts';
import { issueKey, type LinkedTicket, type TicketIssue } from '../../../core/model/ticketing/ticket.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import type { Tickets } from '../../../core/ports/tickets/tickets.ts';
import type { TicketChoice } from '../view/view.ts';

/** What pages know of tickets. */
export type PageTickets = Pick<Tickets, 'of' | 'teams'>;

/** What is known of the issues of a page besides their reports. Plain data. */
export interface ChosenIssues {
  /** By `issueKey`; null: there are no tickets, or nobody knows them now. */
  readonly tickets: Readonly<Record<string, readonly LinkedTicket[]>> | null;
  /** How many issues are left out because somebody hid them. */
  readonly hidden: number;
}

/** A ticket that was touched since is recent, ms. */
const RECENT_MS = 14 * DAY_MS;
/** Issues that are asked for at once. */
const AT_ONCE = 500;

/** Whether an issue with these tickets is among those that were chosen. */
export function isChosen(tickets: readonly LinkedTicket[], choice: TicketChoice | undefined, now: number): boolean {
  switch (choice) {
    case undefined:
      return true;
    case 'any':
      return tickets.length > 0;
    case 'open':
      return tickets.some(({ isDone }) => !isDone);
    case 'none':
      return tickets.length === 0;
    case 'old':
      return tickets.every(({ updatedAt }) => updatedAt < now - RECENT_MS);
  }
}

/** As tickets know an issue of a report, or of a list. */
export function ticketIssue({ project, issueId }: { readonly project: string; readonly issueId: string }): TicketIssue {
  return { project, id: issueId };
}

/** By `issueKey`; of an issue without tickets nothing. */
export async function ticketsOf(
  issues: readonly TicketIssue[],
  tickets: PageTickets | undefined,
): Promise<ReadonlyMap<string, readonly LinkedTicket[]>> {
  const found = new Map<string, readonly LinkedTicket[]>();
  if (tickets === undefined) return found;
  for (const some of chunks(issues, AT_ONCE)) for (const [key, all] of await tickets.of(some)) found.set(key, all);
  return found;
}

/** Of one of them. */
export function ofIssue(
  issue: TicketIssue,
  found: ReadonlyMap<string, readonly LinkedTicket[]>,
): readonly LinkedTicket[] {
  return found.get(issueKey(issue)) ?? [];
}

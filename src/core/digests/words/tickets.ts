import { ticketText } from '../../alerts/words/worded.ts';
import type { TicketSaid } from '../../model/ticketing/ticket.ts';

/** `; CRM-12: In Progress, Ann` */
export function ticketsText(tickets: readonly TicketSaid[]): string {
  return tickets.map((it) => `; ${ticketText(it)}`).join('');
}

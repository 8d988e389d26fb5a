import type { LinkedTicket } from '../../../core/model/ticketing/ticket.ts';
import { actAddress } from '../alerts/actions.ts';
import { choice } from '../components/form.ts';
import { html, type Html, link } from '../html.ts';
import { TICKET_CHOICES, type TicketChoice, type View } from '../view/view.ts';

/** Tickets that a row shows. */
const SHOWN = 3;

/** Keys of tickets, with how they stand; nothing where there are none. */
export function ticketLinks(tickets: readonly LinkedTicket[]): Html | null {
  if (tickets.length === 0) return null;
  const all = tickets.slice(0, SHOWN).map((ticket, at) => html`${at === 0 ? null : ', '}${ticketLink(ticket)}`);
  const more = tickets.length - SHOWN;
  return html`<span class="tickets">${all}${more > 0 ? ` and ${more} more` : null}</span>`;
}

/** NOTE: one that was found by its text may be of another issue: it is said how it was found. */
function ticketLink({ key, url, status, assignee, link: how }: LinkedTicket): Html {
  const found = how === 'similar' ? ', similar text' : null;
  const who = html`<bdi>${assignee ?? 'nobody'}</bdi>`;
  // Of one that was made just now the tracker has not said yet how it stands.
  const state = status === '' ? null : html`<small><bdi>${status}</bdi>, ${who}${found}</small>`;
  return html`${link(url, html`<bdi>${key}</bdi>`)} ${state}`;
}

/** Where a person has a ticket made, or writes into the one there is. */
export function ticketAct(issue: string, project: string, tickets: readonly LinkedTicket[]): Html {
  const open = tickets.find(({ isDone }) => !isDone);
  const words = open === undefined ? 'create a ticket' : html`comment on <bdi>${open.key}</bdi>`;
  return html`<a href="${actAddress('ticket', { issue, project })}">${words}</a>`;
}

const CHOICES_SAID: Readonly<Record<TicketChoice, string>> = {
  any: 'has a ticket',
  open: 'has an open ticket',
  none: 'no ticket',
  old: 'no recent ticket (14 days)',
};

/** Which issues are listed, by their tickets. */
export function ticketChoice({ ticket }: View): Html {
  return choice(
    'ticket',
    TICKET_CHOICES.map((it) => [it, CHOICES_SAID[it]]),
    ticket,
  );
}

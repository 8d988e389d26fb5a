import { shortText } from '../../alerts/words/clean-text.ts';
import type { TicketOrder, TicketOutcome } from '../../model/ticketing/order.ts';
import type { Outbox } from '../../ports/alerting/outbox.ts';
import type { Scope } from '../../ports/scope.ts';
import type { Tickets } from '../../ports/tickets/tickets.ts';

export interface FilingDeps {
  readonly tickets: Pick<Tickets, 'file'>;
  readonly outbox: Pick<Outbox, 'keepAction'>;
  /** Epoch ms. */
  now(): number;
  /** Of what was done: one that is known is not kept again. */
  readonly actionId: string;
}

/** Characters of a title. */
const TITLE = 120;

/** Has a ticket made or written into, and keeps who did it. */
export async function fileTicket(
  order: TicketOrder,
  { tickets, outbox, now, actionId }: FilingDeps,
  scope: Scope,
): Promise<TicketOutcome> {
  const outcome = await tickets.file(order, scope);
  if (!('ticket' in outcome)) return outcome;
  const { key } = outcome.ticket;
  const title = order.about?.title ?? `issue ${order.issue.id}`;
  const text = `${outcome.say}, for ${shortText(title, TITLE)}`;
  await outbox.keepAction({ id: actionId, at: now(), by: order.by, kind: 'ticket', target: key, text });
  return outcome;
}

/** What came of it, for who asked: with all that the tracker has against single fields. */
export function saidOf(outcome: TicketOutcome): string {
  const fields = outcome.status === 'refused' ? Object.entries(outcome.fields) : [];
  const lacking = fields.map(([name, why]) => `${name}: ${why}`).filter((it) => !outcome.say.includes(it));
  return [outcome.say, ...lacking].join('; ');
}

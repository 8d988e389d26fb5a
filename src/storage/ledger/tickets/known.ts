import { sql } from 'kysely';
import * as z from 'zod/mini';
import { type Ticket, LINKS } from '../../../core/model/ticketing/ticket.ts';
import type { KnownTicket, ReadTickets } from '../../../core/ports/tickets/ticket-store.ts';
import { type Candidate, ranked, termsOf } from '../../../core/tickets/rank.ts';
import type { Engine } from '../../database/engine.ts';
import { named, NAMED, withGiven } from '../../database/given-rows.ts';
import { safeText, textIn } from '../alerts/safe-text.ts';
import { parse, textOf } from '../codec.ts';

const TicketText = z.object({
  id: z.string(),
  key: z.string(),
  url: z.string(),
  summary: z.string(),
  status: z.string(),
  isDone: z.boolean(),
  doneAt: z.nullable(z.number()),
  resolution: z.nullable(z.string()),
  assignee: z.nullable(z.string()),
  labels: z.array(z.string()),
  createdAt: z.number(),
  updatedAt: z.number(),
});

export function ticketIn(text: string): Ticket {
  return parse(TicketText, text, 'a ticket');
}

export async function keepKnown(engine: Engine, { project, tickets, until }: ReadTickets): Promise<void> {
  await engine.db.transaction().execute(async (db) => {
    for (const ticket of tickets) await keepOne({ ...engine, db }, ticket);
    if (until === null) return;
    const row = { project: safeText(project), read_until: until };
    await db
      .insertInto('sentry_monitor_ticket_readings')
      .values(row)
      .onConflict((conflict) => conflict.column('project').doUpdateSet({ read_until: until }))
      .execute();
  });
}

/** NOTE: an answer that was under way for longer does not take back a newer one. */
async function keepOne({ db }: Engine, known: KnownTicket): Promise<void> {
  const { project, words, openings, said, ...ticket } = known;
  const row = {
    ticket_id: safeText(ticket.id),
    project: safeText(project),
    updated_at: ticket.updatedAt,
    ticket: textOf(ticket),
    words: safeText(words),
    said: safeText(said),
  };
  const kept = await db
    .insertInto('sentry_monitor_known_tickets')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('ticket_id')
        .doUpdateSet(row)
        .where('sentry_monitor_known_tickets.updated_at', '<=', row.updated_at),
    )
    .returning('ticket_id')
    .executeTakeFirst();
  if (kept === undefined) return;
  await db.deleteFrom('sentry_monitor_ticket_openings').where('ticket_id', '=', row.ticket_id).execute();
  if (openings.length > 0)
    await db
      .insertInto('sentry_monitor_ticket_openings')
      .values(openings.map((opening) => ({ opening, ticket_id: row.ticket_id })))
      .execute();
  // What its text said before it may say no longer; who filed it stays.
  await db
    .deleteFrom('sentry_monitor_ticket_links')
    .where('ticket_id', '=', row.ticket_id)
    .where('rank', '>', LINKS.indexOf('filed'))
    .execute();
}

export async function forget({ db }: Engine, ticketId: string): Promise<void> {
  const id = safeText(ticketId);
  await db.transaction().execute(async (all) => {
    for (const table of ['known_tickets', 'ticket_openings', 'ticket_links'] as const)
      await all.deleteFrom(`sentry_monitor_${table}`).where('ticket_id', '=', id).execute();
  });
}

export async function readUntil({ db }: Engine, project: string): Promise<number | null> {
  const row = await db
    .selectFrom('sentry_monitor_ticket_readings')
    .select('read_until')
    .where('project', '=', safeText(project))
    .executeTakeFirst();
  return row?.read_until ?? null;
}

export async function withOpening(engine: Engine, openings: readonly string[]): Promise<readonly KnownTicket[]> {
  const rows = await withGiven(engine, NAMED, named(openings))
    .selectFrom('given')
    .innerJoin('sentry_monitor_ticket_openings as own', 'own.opening', 'given.name')
    .innerJoin('sentry_monitor_known_tickets as known', 'known.ticket_id', 'own.ticket_id')
    .select(['known.ticket', 'known.project', 'known.words', 'known.said'])
    .distinct()
    .execute();
  return rows.map(({ ticket, project, words, said }) => ({
    ...ticketIn(ticket),
    ...{ project: textIn(project), words: textIn(words), said: textIn(said), openings: [] },
  }));
}

/** Candidates that are ranked at most, those that were touched last. */
const MOST = 500;

export async function search(engine: Engine, text: string, limit: number): Promise<readonly Ticket[]> {
  const { db, placeIn } = engine;
  const terms = termsOf(text).map(safeText);
  const rows = await db
    .selectFrom('sentry_monitor_known_tickets')
    .select(['ticket', 'said'])
    .where(({ and, ref }) => and(terms.map((term) => sql<boolean>`${placeIn(ref('said'), term)} > 0`)))
    .orderBy('updated_at', 'desc')
    .limit(MOST)
    .execute();
  const found = rows.map(({ ticket, said }): Candidate => ({ ticket: ticketIn(ticket), said: textIn(said) }));
  return ranked(found, text, limit);
}

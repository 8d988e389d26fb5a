import { type LinkedTicket, LINKS } from '../../../core/model/ticketing/ticket.ts';
import type { IssueText, TicketLink } from '../../../core/ports/tickets/ticket-store.ts';
import type { Engine } from '../../database/engine.ts';
import { named, NAMED, withGiven } from '../../database/given-rows.ts';
import { safeText, textIn } from '../alerts/safe-text.ts';
import { ticketIn } from './known.ts';

export async function link({ db }: Engine, links: readonly TicketLink[]): Promise<void> {
  for (const { issue, ticketId, link: kind } of links)
    await db
      .insertInto('sentry_monitor_ticket_links')
      .values({ issue: safeText(issue), ticket_id: safeText(ticketId), rank: LINKS.indexOf(kind) })
      .onConflict((conflict) =>
        conflict
          .columns(['issue', 'ticket_id'])
          .doUpdateSet(({ ref }) => ({ rank: ref('excluded.rank') }))
          .whereRef('sentry_monitor_ticket_links.rank', '>', 'excluded.rank'),
      )
      .execute();
}

export async function linked(
  engine: Engine,
  issues: readonly string[],
): Promise<ReadonlyMap<string, readonly LinkedTicket[]>> {
  const rows = await withGiven(engine, NAMED, named([...new Set(issues)].map(safeText)))
    .selectFrom('given')
    .innerJoin('sentry_monitor_ticket_links as own', 'own.issue', 'given.name')
    .innerJoin('sentry_monitor_known_tickets as known', 'known.ticket_id', 'own.ticket_id')
    .select(['own.issue', 'own.rank', 'known.ticket'])
    .orderBy('own.rank')
    .orderBy('known.updated_at', 'desc')
    .orderBy('known.ticket_id')
    .execute();
  const found = Map.groupBy(rows, ({ issue }) => textIn(issue));
  return new Map(
    [...found].map(([issue, all]) => [
      issue,
      all.map(({ ticket, rank }) => ({ ...ticketIn(ticket), link: LINKS[rank]! })),
    ]),
  );
}

export async function keepTexts({ db, clock }: Engine, texts: readonly IssueText[]): Promise<void> {
  for (const { issue, label, opening, words } of texts) {
    const row = { issue: safeText(issue), label, opening, words: safeText(words), kept_at: clock() };
    await db
      .insertInto('sentry_monitor_issue_texts')
      .values(row)
      .onConflict((conflict) => conflict.column('issue').doUpdateSet(row))
      .execute();
  }
}

/** NOTE: two statements, since each has its own index. */
export async function issuesWith(
  engine: Engine,
  labels: readonly string[],
  openings: readonly string[],
): Promise<readonly IssueText[]> {
  const found = [...(await issuesBy(engine, 'label', labels)), ...(await issuesBy(engine, 'opening', openings))];
  return [...new Map(found.map((it) => [it.issue, it])).values()];
}

async function issuesBy(
  engine: Engine,
  column: 'label' | 'opening',
  values: readonly string[],
): Promise<readonly IssueText[]> {
  if (values.length === 0) return [];
  const rows = await withGiven(engine, NAMED, named([...new Set(values)]))
    .selectFrom('given')
    .innerJoin('sentry_monitor_issue_texts as own', `own.${column}`, 'given.name')
    .select(['own.issue', 'own.label', 'own.opening', 'own.words'])
    .orderBy('own.issue')
    .execute();
  return rows.map(({ issue, words, ...rest }) => ({ ...rest, issue: textIn(issue), words: textIn(words) }));
}

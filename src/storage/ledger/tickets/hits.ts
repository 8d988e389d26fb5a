import type { TicketIssue } from '../../../core/model/ticketing/ticket.ts';
import type { IssueHits } from '../../../core/ports/tickets/ticket-store.ts';
import type { Engine } from '../../database/engine.ts';
import { safeText, textIn, textOrNull } from '../alerts/safe-text.ts';

export async function hitsOf({ db }: Engine, { project, id }: TicketIssue, limit: number): Promise<IssueHits> {
  const own = db.selectFrom('sentry_monitor_events').where('project', '=', project).where('issue', '=', safeText(id));
  const rows = await own
    .select(['event', 'at', 'stored_at', 'person'])
    .orderBy('at', 'desc')
    .orderBy('event')
    .limit(limit)
    .execute();
  const { total } = await own.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const hits = rows.map(({ event, at, stored_at: storedAt, person }) => ({
    ...{ eventId: textIn(event), at, storedAt, user: textOrNull(person) },
  }));
  return { hits, total: Number(total) };
}

import type { TicketIssue } from '../../../core/model/ticketing/ticket.ts';
import type { IssueHits } from '../../../core/ports/tickets/ticket-store.ts';
import type { Engine } from '../../database/engine.ts';
import { safeText } from '../alerts/safe-text.ts';
import { eventsIn } from '../events/content.ts';

export async function hitsOf({ db }: Engine, { project, id }: TicketIssue, limit: number): Promise<IssueHits> {
  const own = db.selectFrom('sentry_monitor_events').where('project', '=', project).where('issue', '=', safeText(id));
  const rows = await own
    .select(['project', 'event', 'issue', 'at', 'environment', 'level', 'person', 'content', 'stored_at'])
    .orderBy('at', 'desc')
    .orderBy('event')
    .limit(limit)
    .execute();
  const { total } = await own.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const hits = eventsIn(rows).map(({ id: eventId, at, user, tags }, index) => ({
    ...{ eventId, at, storedAt: rows[index]!.stored_at, user, tags },
  }));
  return { hits, total: Number(total) };
}

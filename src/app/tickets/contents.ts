import type { IssueContent } from '../../core/model/ticketing/content.ts';
import type { TicketIssue } from '../../core/model/ticketing/ticket.ts';
import type { TicketStore } from '../../core/ports/tickets/ticket-store.ts';
import type { EventStore } from '../../core/ports/events/event-store.ts';

/** Events that a ticket lists at most. */
const MOST_HITS = 500;

/** What the event store knows of issues; `base`: address of our pages. */
export function contentsOf(
  events: EventStore | undefined,
  tickets: Pick<TicketStore, 'hits'>,
  base: string | undefined,
): (issue: TicketIssue) => Promise<IssueContent | null> {
  return async ({ project, id }) => {
    const known = (await events?.issues([project], [id], []))?.get(id);
    if (events === undefined || known === undefined) return null;
    const [samples, { hits, total }] = await Promise.all([
      events.samples(project, id),
      tickets.hits({ project, id }, MOST_HITS),
    ]);
    const newest = samples.findLast(({ which }) => which === 'newest') ?? samples.at(-1);
    const link = newest?.sample?.link ?? null;
    return {
      ...{ title: known.title, culprit: known.culprit, level: known.level, url: known.url },
      page:
        base === undefined ? null : `${base}/issues/${encodeURIComponent(id)}?project=${encodeURIComponent(project)}`,
      text: newest?.sample?.text ?? null,
      hits: hits.map(({ at, user, eventId }) => ({ at, user, url: eventId === newest?.eventId ? link : null })),
      total,
      storedAt: hits.reduce((most, { storedAt }) => Math.max(most, storedAt), 0),
    };
  };
}

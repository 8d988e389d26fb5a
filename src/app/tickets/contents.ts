import type { Hit, Hits, IssueContent } from '../../core/model/ticketing/content.ts';
import type { TicketIssue } from '../../core/model/ticketing/ticket.ts';
import type { IssueHits, TicketStore } from '../../core/ports/tickets/ticket-store.ts';
import type { EventStore } from '../../core/ports/events/event-store.ts';
import type { Intakes } from '../intakes/index.ts';

/** Events that a ticket lists at most. */
const MOST_HITS = 500;

export interface ContentDeps {
  /** Undefined: there are no intakes. */
  readonly events: EventStore | undefined;
  readonly store: Pick<TicketStore, 'hits'>;
  /** Address of our pages; undefined: nobody says. */
  readonly base: string | undefined;
  /** Undefined: there are no intakes. */
  readonly linkOf: Intakes['linkOf'] | undefined;
}

/** What the event store knows of issues. */
export function contentsOf({
  events,
  store,
  base,
  linkOf,
}: ContentDeps): (issue: TicketIssue) => Promise<IssueContent | null> {
  return async ({ project, id }) => {
    const known = (await events?.issues([project], [id], []))?.get(id);
    if (events === undefined || known === undefined) return null;
    const [samples, { hits, total }] = await Promise.all([
      events.samples(project, id),
      store.hits({ project, id }, MOST_HITS),
    ]);
    const newest = samples.findLast(({ which }) => which === 'newest') ?? samples.at(-1);
    return {
      ...{ title: known.title, culprit: known.culprit, level: known.level, url: known.url },
      page:
        base === undefined ? null : `${base}/issues/${encodeURIComponent(id)}?project=${encodeURIComponent(project)}`,
      text: newest?.sample?.text ?? null,
      hits: hits.map(hitOf(project, linkOf)),
      total,
      storedAt: hits.reduce((most, { storedAt }) => Math.max(most, storedAt), 0),
    };
  };
}

/** The newest events of issues. */
export function hitsOf({ store, linkOf }: Pick<ContentDeps, 'store' | 'linkOf'>) {
  return async (issue: TicketIssue, limit: number): Promise<Hits> => {
    const { hits, total } = await store.hits(issue, limit);
    return { listed: hits.map(hitOf(issue.project, linkOf)), more: total - hits.length };
  };
}

function hitOf(project: string, linkOf: ContentDeps['linkOf']): (stored: IssueHits['hits'][number]) => Hit {
  return ({ at, user, eventId: id, tags }) => ({ at, user, url: linkOf?.(project, { id, tags }) ?? null });
}

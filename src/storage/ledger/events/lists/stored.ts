import { type RawBuilder, sql } from 'kysely';
import type { StoredEvent } from '../../../../core/ports/events/event-store.ts';
import type { StoredSpan } from '../../../../core/ports/events/lists.ts';
import type { Engine } from '../../../database/engine.ts';
import { eventsIn } from '../content.ts';

/** Events that are read at once. */
const PAGE = 2_000;

/**
 * The place in the order of storing of a batch that is stored in the same transaction: by the clock, and behind all
 * others. NOTE: it locks the project's row to the end of the transaction, so that what has an earlier place is there
 * for everybody before it.
 */
export async function nextPlace({ db, clock }: Engine, project: string): Promise<number> {
  const later = sql<number>`case when ${clock()} > sentry_monitor_event_order.stored_at then ${clock()}
    else sentry_monitor_event_order.stored_at + 1 end`;
  const { stored_at: place } = await db
    .insertInto('sentry_monitor_event_order')
    .values({ project, stored_at: clock() })
    .onConflict((conflict) => conflict.column('project').doUpdateSet({ stored_at: later }))
    .returning('stored_at')
    .executeTakeFirstOrThrow();
  return place;
}

export async function reachedIn({ db }: Engine, projects: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('sentry_monitor_event_order')
    .select(['project', 'stored_at'])
    .where('project', 'in', projects)
    .execute();
  return new Map(rows.map(({ project, stored_at: place }) => [project, place]));
}

export async function eachStored(
  engine: Engine,
  project: string,
  { after, upTo }: StoredSpan,
  take: (events: readonly StoredEvent[]) => void,
): Promise<void> {
  let rest: RawBuilder<boolean> = sql<boolean>`stored_at > ${after}`;
  for (let from = after; ;) {
    const rows = await engine.db
      .selectFrom('sentry_monitor_events')
      .select(['project', 'event', 'issue', 'at', 'environment', 'level', 'person', 'content', 'stored_at'])
      .where('project', '=', project)
      .where('stored_at', '>=', from)
      .where('stored_at', '<=', upTo)
      .where(rest)
      .orderBy('stored_at')
      .orderBy('event')
      .limit(PAGE)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    take(eventsIn(rows));
    if (rows.length < PAGE) return;
    from = last.stored_at;
    rest = sql<boolean>`(stored_at > ${last.stored_at} or event > ${last.event})`;
  }
}

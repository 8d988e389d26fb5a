import { sql } from 'kysely';
import type { StoredEvent } from '../../../../core/ports/events/event-store.ts';
import type { EventPoint, EventsAsked } from '../../../../core/ports/events/lists.ts';
import type { Engine } from '../../../database/engine.ts';
import { safeText } from '../../alerts/safe-text.ts';
import { eventsIn } from '../content.ts';

/**
 * Events, the newest first. NOTE: each project is read by itself: in that order lies its part of the index, and not
 * that of several together.
 */
export async function newestEvents(engine: Engine, asked: EventsAsked): Promise<readonly StoredEvent[]> {
  const projects = asked.projects.toSorted();
  const all: StoredEvent[] = [];
  for (const project of projects) all.push(...(await ofProject(engine, project, asked)));
  // NOTE: the sort is stable: of one instant they stay by project, and as the database has them.
  return projects.length === 1 ? all : all.sort((one, other) => other.at - one.at).slice(0, asked.limit);
}

async function ofProject(
  { db }: Engine,
  project: string,
  { span: { start, end }, after, limit }: EventsAsked,
): Promise<readonly StoredEvent[]> {
  const rest = after === null ? null : restOf(project, after);
  const rows = await db
    .selectFrom('sentry_monitor_events')
    .select(['project', 'event', 'issue', 'at', 'environment', 'level', 'person', 'content'])
    .where('project', '=', project)
    .where('at', '>=', start)
    .where('at', '<', rest === null ? end : Math.min(end, rest.before))
    .$if(rest?.but !== undefined, (query) => query.where(sql<boolean>`(at < ${after?.at} or event < ${rest?.but})`))
    .orderBy('at', 'desc')
    .orderBy('event', 'desc')
    .limit(limit)
    .execute();
  return eventsIn(rows);
}

/** What of a project comes after that place: before that instant, and of its last millisecond only smaller ids. */
function restOf(project: string, { at, project: last, id }: EventPoint): { before: number; but?: string } {
  if (project < last) return { before: at };
  return project > last ? { before: at + 1 } : { before: at + 1, but: safeText(id) };
}

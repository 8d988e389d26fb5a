import { sql } from 'kysely';
import type { SignedPost } from '../../../../core/ports/events/object-book.ts';
import type { Engine } from '../../../database/engine.ts';
import { safeText } from '../../alerts/safe-text.ts';

/** False: it came before, on whatever server. */
export async function notePost({ db, clock }: Engine, project: string, { id, forMs }: SignedPost): Promise<boolean> {
  const row = await db
    .insertInto('sentry_monitor_event_posts')
    .values({ project, post: safeText(id), until_at: sql<number>`${clock()} + ${sql.lit(forMs)}` })
    .onConflict((conflict) => conflict.columns(['project', 'post']).doNothing())
    .returning('post')
    .executeTakeFirst();
  return row !== undefined;
}

export async function knowsPost({ db }: Engine, project: string, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('sentry_monitor_event_posts')
    .select('post')
    .where('project', '=', project)
    .where('post', '=', safeText(id))
    .executeTakeFirst();
  return row !== undefined;
}

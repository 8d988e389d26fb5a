import { sql } from 'kysely';
import type {
  ClaimedObject,
  KnownObject,
  ObjectBook,
  ObjectEnd,
  ObjectStatus,
} from '../../../../core/ports/events/object-book.ts';
import type { Database } from '../../../database/database.ts';
import type { Engine } from '../../../database/engine.ts';
import { withGiven } from '../../../database/given-rows.ts';
import { safeOrNull, safeText, textIn, textOrNull } from '../../alerts/safe-text.ts';
import { knowsPost, notePost } from './posts.ts';

export function sqlObjects(database: Database, uuid: () => string): ObjectBook {
  return {
    async want(project, names, post) {
      if (names.length === 0 && post === undefined) return true;
      const engine = await database.ready();
      return engine.db.transaction().execute(async (db) => {
        const trx = { ...engine, db };
        if (post !== undefined && !(await notePost(trx, project, post))) return false;
        if (names.length > 0) await want(trx, project, names);
        return true;
      });
    },
    knows: async (project, id) => knowsPost(await database.ready(), project, id),
    all: async (project) => all(await database.ready(), project),
    claim: async (project, forMs) => claim(await database.ready(), project, { token: uuid(), forMs }),
    settle: async (project, claimed, end) => settle(await database.ready(), project, claimed, end),
    reach: async (project) => reach(await database.ready(), project),
    told: async (project, object, state) => told(await database.ready(), project, object, state),
  };
}

async function all({ db }: Engine, project: string): Promise<readonly ObjectStatus[]> {
  const rows = await db
    .selectFrom('sentry_monitor_event_objects')
    .select(['object', 'status'])
    .where('project', '=', project)
    .orderBy('object')
    .execute();
  return rows.map(({ object, status }) => ({ name: textIn(object), status }));
}

async function want(engine: Engine, project: string, names: readonly string[]): Promise<void> {
  const rows = [...new Set(names)].map((name) => ({ of_name: safeText(name) }));
  await withGiven(engine, { of_name: 'text' }, rows)
    .insertInto('sentry_monitor_event_objects')
    .columns(['project', 'object', 'status', 'tries', 'next_at', 'token', 'lease_until', 'moved_at'])
    .expression((query) =>
      query
        .selectFrom('given')
        .select([
          sql<string>`cast(${project} as text)`.as('project'),
          'of_name as object',
          sql<string>`'wanted'`.as('status'),
          sql.lit(0).as('tries'),
          sql.lit(0).as('next_at'),
          sql<string>`''`.as('token'),
          sql.lit(0).as('lease_until'),
          engine.clock().as('moved_at'),
        ])
        .where(sql<boolean>`true`)
        .orderBy('of_name'),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['project', 'object'])
        .doUpdateSet(({ ref }) => ({ status: 'wanted', tries: 0, next_at: 0, moved_at: ref('excluded.moved_at') }))
        .where('sentry_monitor_event_objects.status', '<>', 'wanted'),
    )
    .execute();
}

async function claim(
  engine: Engine,
  project: string,
  { token, forMs }: { readonly token: string; readonly forMs: number },
): Promise<ClaimedObject | null> {
  const { db, clock } = engine;
  for (;;) {
    const next = await db
      .selectFrom('sentry_monitor_event_objects')
      .select('object')
      .where('project', '=', project)
      .where('status', '=', 'wanted')
      .where('next_at', '<=', clock())
      .where('lease_until', '<=', clock())
      .orderBy('object')
      .executeTakeFirst();
    if (next === undefined) return null;
    const row = await db
      .updateTable('sentry_monitor_event_objects')
      .set(({ eb }) => ({
        token,
        tries: eb('tries', '+', 1),
        lease_until: sql<number>`${clock()} + ${sql.lit(forMs)}`,
      }))
      .where('project', '=', project)
      .where('object', '=', next.object)
      .where('status', '=', 'wanted')
      .where('lease_until', '<=', clock())
      .returning('tries')
      .executeTakeFirst();
    // Somebody else was quicker: there may be another.
    if (row === undefined) continue;
    const before = await readBefore(engine, project, next.object);
    return { name: textIn(next.object), token, tries: row.tries, before };
  }
}

/** `object`: as it is kept; null: of all. */
async function readBefore({ db }: Engine, project: string, object: string | null): Promise<KnownObject | null> {
  const row = await db
    .selectFrom('sentry_monitor_event_objects')
    .select(['object', 'state', 'moved_at'])
    .where('project', '=', project)
    .where('status', '=', 'read')
    .$if(object !== null, (query) => query.where('object', '<', object!))
    .orderBy('object', 'desc')
    .executeTakeFirst();
  if (row === undefined) return null;
  return { name: textIn(row.object), state: textOrNull(row.state), movedAt: row.moved_at };
}

async function settle(
  engine: Engine,
  project: string,
  { name, token }: ClaimedObject,
  end: ObjectEnd,
): Promise<boolean> {
  const { db, clock } = engine;
  const [state, why] = end.status === 'read' ? [end.state, null] : [null, end.why];
  const again = end.status === 'wanted' ? sql<number>`${clock()} + ${sql.lit(end.againMs)}` : sql.lit(0);
  const rows = await db
    .updateTable('sentry_monitor_event_objects')
    .set({
      ...{ status: end.status, state: safeOrNull(state), why: safeOrNull(why) },
      ...{ next_at: again, lease_until: sql.lit(0), moved_at: clock() },
    })
    .where('project', '=', project)
    .where('object', '=', safeText(name))
    .where('token', '=', token)
    .returning('object')
    .execute();
  return rows.length > 0;
}

async function reach(engine: Engine, project: string): ReturnType<ObjectBook['reach']> {
  const waiting = await engine.db
    .selectFrom('sentry_monitor_event_objects')
    .select('object')
    .where('project', '=', project)
    .where('status', '=', 'wanted')
    .orderBy('object')
    .executeTakeFirst();
  const newest = await readBefore(engine, project, null);
  return { newest, waiting: waiting === undefined ? null : textIn(waiting.object) };
}

async function told(
  { db }: Engine,
  project: string,
  { name, movedAt }: KnownObject,
  state: string | null,
): Promise<void> {
  await db
    .updateTable('sentry_monitor_event_objects')
    .set({ state: safeOrNull(state) })
    .where('project', '=', project)
    .where('object', '=', safeText(name))
    .where('moved_at', '=', movedAt)
    .execute();
}

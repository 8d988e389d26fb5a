import { sql } from 'kysely';
import type { HeldCount, RestoreMark, Restores } from '../../../core/ports/backup/restores.ts';
import { clockOf } from '../../database/clock-of.ts';
import type { Database } from '../../database/database.ts';
import type { Engine } from '../../database/engine.ts';
import { IS_OPEN, IS_WAITING } from '../outbox/open-channel.ts';
import { heldBegins, tellInstead } from './tell-instead.ts';

/** What restored tables still have to tell, in these tables. */
export function sqlRestores(database: Database): Restores {
  return {
    mark: async () => markIn(await database.ready()),
    held: async () => heldIn(await database.ready()),
    release: () => endHold(database, release),
    drop: () => endHold(database, drop),
    async noteTold() {
      const engine = await database.ready();
      const mark = await markIn(engine);
      if (mark !== null) await putMark(engine, { ...mark, isTold: true });
    },
    begins: async () => heldBegins(await database.ready()),
    tellInstead: async (tellings) => tellInstead(await database.ready(), tellings),
  };
}

const NAME = 'restore';

async function markIn({ db }: Engine): Promise<RestoreMark | null> {
  const row = await db.selectFrom('sentry_monitor_upkeep').select('state').where('name', '=', NAME).executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.state) as RestoreMark);
}

async function putMark({ db }: Engine, mark: RestoreMark): Promise<void> {
  const state = JSON.stringify(mark);
  await db
    .insertInto('sentry_monitor_upkeep')
    .values({ name: NAME, slot: mark.at, token: '', lease_until: 0, again_at: null, state })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ state, slot: mark.at }))
    .execute();
}

/** Of tables that were just filled from a copy: nothing of what they were about to tell goes by itself. */
export async function holdRestored(engine: Engine, copy: string): Promise<HeldCount> {
  const { db } = engine;
  const at = await clockOf(engine);
  const reason = `restored from ${copy}: nobody knows whether it was told`;
  const inOpen = sql<boolean>`message_id in (select message_id from sentry_monitor_messages where ${IS_OPEN})`;
  await db
    .updateTable('sentry_monitor_tellings')
    .set({ fate: 'held', reason })
    .where(sql<boolean>`(${IS_WAITING} or ${inOpen})`)
    .execute();
  await db.updateTable('sentry_monitor_messages').set({ fate: 'held', next_at: null }).where(IS_OPEN).execute();
  // Nobody has a channel or a watch any more.
  await db.updateTable('sentry_monitor_channels').set({ token: '', lease_until: 0 }).execute();
  await putMark(engine, { at, copy, releasedAt: null, isTold: false });
  return heldIn(engine);
}

async function heldIn({ db }: Engine): Promise<HeldCount> {
  const messages = await db
    .selectFrom('sentry_monitor_messages')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('fate', '=', 'held')
    .executeTakeFirstOrThrow();
  const tellings = await db
    .selectFrom('sentry_monitor_tellings')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('fate', '=', 'held')
    .where('message_id', 'is', null)
    .executeTakeFirstOrThrow();
  return { messages: messages.count, tellings: tellings.count };
}

function endHold(database: Database, act: (engine: Engine, now: number) => Promise<void>): Promise<HeldCount> {
  return database.ready().then((engine) =>
    engine.db.transaction().execute(async (db) => {
      const trx = { ...engine, db };
      const count = await heldIn(trx);
      await act(trx, await clockOf(trx));
      return count;
    }),
  );
}

/** A message may have been sent after the copy was made: it says so. */
async function release(engine: Engine, now: number): Promise<void> {
  const { db } = engine;
  const rows = await db
    .selectFrom('sentry_monitor_messages')
    .select(['message_id', 'message', 'posts'])
    .where('fate', '=', 'held')
    .execute();
  for (const { message_id: id, message, posts } of rows)
    await db
      .updateTable('sentry_monitor_messages')
      .set({
        fate: 'pending',
        next_at: now,
        message: JSON.stringify({ ...(JSON.parse(message) as object), mayRepeat: true }),
        posts: JSON.stringify({ ...(JSON.parse(posts) as object), isPosting: false, owner: null }),
      })
      .where('message_id', '=', id)
      .execute();
  await changeHeld(engine, { fate: 'pending', reason: null });
  const mark = await markIn(engine);
  if (mark !== null) await putMark(engine, { ...mark, releasedAt: now });
}

async function drop(engine: Engine): Promise<void> {
  await engine.db.updateTable('sentry_monitor_messages').set({ fate: 'dropped' }).where('fate', '=', 'held').execute();
  await changeHeld(engine, { fate: 'dropped', reason: 'dropped by a person after a restore' });
}

async function changeHeld(
  { db }: Engine,
  change: { readonly fate: string; readonly reason: string | null },
): Promise<void> {
  await db.updateTable('sentry_monitor_tellings').set(change).where('fate', '=', 'held').execute();
}

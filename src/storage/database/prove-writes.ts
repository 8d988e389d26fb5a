import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** Every table that a run writes to. */
const TABLES = [
  'sentry_monitor_claims',
  'sentry_monitor_reports',
  'sentry_monitor_runs',
  'sentry_monitor_recounts',
] as const satisfies readonly (keyof Tables)[];

/** What a run with many filters writes at once, characters. */
const ROOM = 256 * 1024;
/** Of no migration; programs of all versions pass it over. */
const NO_VERSION = -1;

/**
 * Writes as a run does, and leaves nothing behind: to every table, which a lock or a missing right forbids, and so much
 * as a full disk has no room for. Rejects as any write would.
 */
export async function proveWrites(db: Kysely<Tables>): Promise<void> {
  for (const table of TABLES)
    await db
      .deleteFrom(table)
      .where(sql<boolean>`1 = 0`)
      .execute();
  const name = incompressible(ROOM);
  await db
    .insertInto('sentry_monitor_schema')
    .values({ version: NO_VERSION, name, breaking: 0 })
    .onConflict((conflict) => conflict.column('version').doUpdateSet({ name }))
    .execute();
  await db.deleteFrom('sentry_monitor_schema').where('version', '=', NO_VERSION).execute();
}

/** NOTE: PostgreSQL compresses long texts; one that repeats itself would take no room. */
function incompressible(length: number): string {
  let [text, seed] = ['', 1];
  while (text.length < length) {
    seed = (seed * 48_271) % 2_147_483_647;
    text += seed.toString(36);
  }
  return text.slice(0, length);
}

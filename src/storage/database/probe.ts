import type { Kysely } from 'kysely';
import type { DatabaseDeps } from './engine.ts';
import { openEngine } from './database.ts';
import { knownVersion } from './migrate.ts';
import { proveWrites } from './prove-writes.ts';
import type { Tables } from './tables.ts';
import { createWriteWatch } from './write-watch.ts';

/** What a database was found to be. */
export interface Probed {
  /** Of its tables; null: it has none yet. */
  readonly version: number | null;
  /** Of the tables that this program makes. */
  readonly newest: number;
}

/**
 * Opens a database, looks at its tables, and writes as a run does, which leaves nothing behind. Makes no table. Rejects
 * with what is wrong.
 */
export async function probe(url: string, deps: DatabaseDeps): Promise<Probed> {
  const { db } = await openEngine(url, createWriteWatch(), deps);
  try {
    const found = await knownVersion(db);
    if (found.version === null) await makeAndUndo(db);
    // Older tables are not all there yet.
    else await (found.version < found.newest ? writeNothing(db) : proveWrites(db));
    return found;
  } finally {
    await db.destroy();
  }
}

async function writeNothing(db: Kysely<Tables>): Promise<void> {
  await db.updateTable('sentry_monitor_schema').set({ name: 'empty' }).where('version', '=', 0).execute();
}

/** Whether tables can be made. */
async function makeAndUndo(db: Kysely<Tables>): Promise<void> {
  const undo = new Error('undone');
  await db
    .transaction()
    .execute(async (trx) => {
      await trx.schema.createTable('sentry_monitor_probe').addColumn('one', 'integer').execute();
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
}

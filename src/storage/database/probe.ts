import { type Kysely, sql } from 'kysely';
import type { DatabaseDeps, Engine } from './engine.ts';
import { openEngine } from './database.ts';
import { knownVersion } from './migrate.ts';
import { proveWrites } from './prove-writes.ts';
import type { Tables } from './tables.ts';
import { createWriteWatch } from './write-watch.ts';

/** What a database was found to be. */
export interface Probed<T> {
  /** Of its tables; null: it has none yet. */
  readonly version: number | null;
  /** Of the tables that this program makes. */
  readonly newest: number;
  /** What was looked at in it; undefined: not all tables are there yet. */
  readonly seen: T | undefined;
}

/** Into the database; making tables where there are none; reading and writing those that are there. */
export type ProbeStep = 'enter' | 'make' | 'use';

/** Why a database cannot be used (`cause`), and at which step that showed. */
export class ProbeFailed extends Error {
  override readonly name = 'ProbeFailed';
  readonly step: ProbeStep;

  constructor(step: ProbeStep, cause: unknown) {
    super(`the step "${step}" failed`, { cause });
    this.step = step;
  }
}

/**
 * Opens a database, looks at its tables, and writes as a run does, which leaves nothing behind. Makes no table. `look`:
 * what else is read. Rejects with a ProbeFailed.
 */
export async function probe<T>(
  url: string,
  deps: DatabaseDeps,
  look: (engine: Engine) => Promise<T>,
): Promise<Probed<T>> {
  const engine = await at('enter', () => openEngine(url, createWriteWatch(), deps));
  const { db } = engine;
  try {
    await at('enter', () => sql`select 1`.execute(db));
    const found = await at('use', () => knownVersion(db));
    if (found.version === null) await at('make', () => makeAndUndo(db));
    // Older tables are not all there yet.
    const isWhole = found.version !== null && found.version >= found.newest;
    if (found.version !== null) await at('use', () => (isWhole ? proveWrites(db) : writeNothing(db)));
    return { ...found, seen: isWhole ? await at('use', () => look(engine)) : undefined };
  } finally {
    await db.destroy();
  }
}

async function at<T>(step: ProbeStep, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ProbeFailed(step, error);
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

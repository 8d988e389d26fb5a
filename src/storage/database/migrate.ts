import type { Kysely } from 'kysely';
import { LedgerRefused } from '../../core/model/errors.ts';
import { type Migration, MIGRATIONS } from './migrations/index.ts';
import type { Tables } from './tables.ts';

/** The tables belong to a program that is newer than this one, and this one would do harm. */
class NewerSchema extends LedgerRefused {
  override readonly name = 'NewerSchema';
}

/** Brings the tables to the newest version. Any number of servers may do so at once: the others wait for the first. */
export async function migrate(db: Kysely<Tables>, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  if (await isNewest(db, migrations)) return;
  await makeSchemaTable(db);
  await db
    .insertInto('sentry_monitor_schema')
    .values({ version: 0, name: 'empty', breaking: 0 })
    .onConflict((conflict) => conflict.column('version').doNothing())
    .execute();
  await db.transaction().execute(async (trx) => {
    // The row's lock, held to the end of the transaction, lets one server in after the other.
    await trx.updateTable('sentry_monitor_schema').set({ name: 'empty' }).where('version', '=', 0).execute();
    const version = check(await versions(trx), migrations);
    for (const [index, { name, breaking, up }] of migrations.slice(version).entries()) {
      await up(trx);
      await trx
        .insertInto('sentry_monitor_schema')
        .values({ version: version + index + 1, name, breaking: Number(breaking) })
        .execute();
    }
  });
}

/** Throws when a newer program broke the tables for this one. */
export async function checkVersion(db: Kysely<Tables>): Promise<void> {
  check(await versions(db), MIGRATIONS);
}

/**
 * The version of the tables (null: there are none) and the newest one that this program makes. Throws when a newer
 * program broke the tables for this one.
 */
export async function knownVersion(
  db: Kysely<Tables>,
): Promise<{ readonly version: number | null; readonly newest: number }> {
  const known = await versions(db).catch((error: unknown) => {
    if (isNoTable(error)) return null;
    throw error;
  });
  return { version: known === null ? null : check(known, MIGRATIONS), newest: MIGRATIONS.length };
}

/** In the words of SQLite, or by PostgreSQL's code. */
function isNoTable(error: unknown): boolean {
  return error instanceof Error && (/no such table/.test(error.message) || ('code' in error && error.code === '42P01'));
}

type Known = readonly { readonly version: number; readonly breaking: number; readonly name: string }[];

function versions(db: Kysely<Tables>): Promise<Known> {
  return db.selectFrom('sentry_monitor_schema').selectAll().orderBy('version').execute();
}

/** The version of the tables. Throws when a newer program broke them for this one. */
function check(known: Known, migrations: readonly Migration[]): number {
  const newest = known.at(-1)?.version ?? 0;
  const broke = known.find(({ version, breaking }) => version > migrations.length && breaking === 1);
  if (broke === undefined) return newest;
  throw new NewerSchema(
    `the ledger's tables have version ${newest} (${broke.name}), this program knows ${migrations.length}; ` +
      'update sentry-monitor on this server, or give it another LEDGER_URL',
  );
}

/** Nothing to do: said by one statement, without a lock. */
async function isNewest(db: Kysely<Tables>, migrations: readonly Migration[]): Promise<boolean> {
  const known = await versions(db).catch(() => []);
  return check(known, migrations) >= migrations.length;
}

/**
 * NOTE: two servers that create a table at once may collide in PostgreSQL in spite of IF NOT EXISTS; then the other one
 * has made it.
 */
async function makeSchemaTable(db: Kysely<Tables>): Promise<void> {
  const create = (): Promise<void> =>
    db.schema
      .createTable('sentry_monitor_schema')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('breaking', 'integer', (column) => column.notNull())
      .execute();
  await create().catch(create);
}

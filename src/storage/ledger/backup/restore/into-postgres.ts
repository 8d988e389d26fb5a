import type { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { BackupTrouble } from '../../../../core/backup/trouble.ts';
import { migrate } from '../../../database/migrate.ts';
import type { CopiedRow } from '../copy-text.ts';
import { mustBeSame } from '../differences.ts';
import { factsOf } from '../facts.ts';
import { fillTables } from '../postgres/fill.ts';
import { sourceIn } from '../postgres/read.ts';
import { columnsIn, factsIn, openForReading, rowsOf, tablesIn } from '../sqlite/read-file.ts';
import { withTables } from '../tables.ts';

const SCHEMA = 'sentry_monitor_schema';

/** Loads a file with tables of this program's version into a database without any, all of it or nothing. */
export async function loadInto(url: string, path: string, now: () => number): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'sentry-monitor restore' });
  const file = openForReading(path);
  try {
    await client.connect();
    await mustBeEmpty(client);
    await withTables(url, now, ({ db }) => migrate(db));
    await load(file, client);
  } finally {
    file.close();
    await client.end().catch(() => undefined);
  }
}

async function mustBeEmpty(client: pg.Client): Promise<void> {
  const [first] = await sourceIn(client).tables();
  if (first === undefined) return;
  throw new BackupTrouble(
    `the database has ${first} and perhaps others: nothing is overwritten; name an empty database with --into`,
  );
}

/** NOTE: what failed leaves no tables, so that no server takes an empty ledger for the restored one. */
async function load(file: DatabaseSync, client: pg.Client): Promise<void> {
  try {
    await client.query('begin');
    await client.query('set local statement_timeout = 0');
    // Migrations have put rows into some.
    for (const table of tablesIn(file).filter((it) => it !== SCHEMA)) await client.query(`delete from ${table}`);
    await fillTables(rowsIn(file), client);
    mustBeSame(await factsOf(sourceIn(client)), await factsIn(file));
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    for (const table of await sourceIn(client).tables()) await client.query(`drop table ${table}`);
    throw error;
  }
}

function* rowsIn(file: DatabaseSync): Generator<CopiedRow> {
  for (const table of tablesIn(file).filter((it) => it !== SCHEMA)) {
    const columns = columnsIn(file, table);
    for (const values of rowsOf(file, `select ${columns.join()} from ${table}`)) yield { table, columns, values };
  }
}

import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { BackupTrouble } from '../../../../core/backup/trouble.ts';
import type { CopiedRow } from '../copy-text.ts';
import { columnsIn, tablesIn } from './read-file.ts';

/** Made by those who make the tables. */
const NOT_FILLED = 'sentry_monitor_schema';

/** Puts rows into the tables of a file, all or none; what the tables had goes. */
export async function fillFile(rows: AsyncIterable<CopiedRow>, path: string): Promise<void> {
  const file = new DatabaseSync(path);
  try {
    file.exec('PRAGMA synchronous = FULL');
    file.exec('BEGIN');
    for (const table of tablesIn(file).filter((it) => it !== NOT_FILLED)) file.exec(`delete from ${table}`);
    const statements = new Map<string, StatementSync>();
    for await (const row of rows) {
      if (row.table === NOT_FILLED) continue;
      const key = `${row.table} ${row.columns.join()}`;
      const statement = statements.get(key) ?? insertInto(file, row);
      statements.set(key, statement);
      statement.run(...row.values);
    }
    file.exec('COMMIT');
  } finally {
    file.close();
  }
}

/** NOTE: names stand in the statement as they are, so only those that the tables have may. */
function insertInto(file: DatabaseSync, { table, columns }: CopiedRow): StatementSync {
  const known = columnsIn(file, table);
  const strange = columns.find((name) => !known.includes(name));
  if (strange !== undefined)
    throw new BackupTrouble(`the copy has ${table}.${strange}, which this version does not know`);
  return file.prepare(`insert into ${table} (${columns.join()}) values (${columns.map(() => '?').join()})`);
}

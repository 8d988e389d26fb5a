import { DatabaseSync } from 'node:sqlite';
import { BackupTrouble } from '../../../../core/backup/trouble.ts';
import type { Facts } from '../../../../core/ports/backup/item.ts';
import { factsOf, type FactSource, type TextRow } from '../facts.ts';

/** What of a file's rows is read; nobody else is held up for long, and nothing is written. */
export function openForReading(path: string): DatabaseSync {
  return new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS });
}

/** Who has a lock is waited for so long, ms. */
const BUSY_MS = 5_000;

/** Of one state of the tables, whoever writes to them meanwhile. */
export async function factsIn(file: DatabaseSync): Promise<Facts> {
  file.exec('BEGIN');
  try {
    return await factsOf(sourceIn(file));
  } finally {
    file.exec('ROLLBACK');
  }
}

/** Throws when the file is damaged, as far as SQLite can tell. */
export function checkWhole(file: DatabaseSync): void {
  const found = [...rowsOf(file, 'PRAGMA integrity_check(3)')].map(([line]) => line);
  if (found.join() !== 'ok') throw new BackupTrouble(`the copy is damaged: ${found.join('; ').replaceAll('\n', ' ')}`);
}

function sourceIn(file: DatabaseSync): FactSource {
  return {
    tables: async () => tablesIn(file),
    query: async (text) => [...rowsOf(file, text)],
    each: async function* (table) {
      yield* rowsOf(file, `select ${columnsIn(file, table).join()} from ${table}`);
    },
  };
}

export function tablesIn(file: DatabaseSync): readonly string[] {
  const ours = "select name from sqlite_schema where type = 'table' and name like 'sentry\\_monitor\\_%' escape '\\'";
  return [...rowsOf(file, ours)].map(([name]) => name!);
}

/** By their names. */
export function columnsIn(file: DatabaseSync, table: string): readonly string[] {
  return [...rowsOf(file, `select name from pragma_table_info('${table}') order by name`)].map(([name]) => name!);
}

/** Values as text. */
export function* rowsOf(file: DatabaseSync, text: string): Generator<TextRow> {
  const statement = file.prepare(text);
  statement.setReturnArrays(true);
  for (const row of statement.iterate() as unknown as Iterable<readonly (string | number | bigint | null)[]>)
    yield row.map((value) => (value === null ? null : String(value)));
}

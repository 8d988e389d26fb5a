import { DatabaseSync } from 'node:sqlite';
import type { Ask, Result } from './protocol.ts';
import { NO_ROWS, tableOf, type Value } from '../table.ts';

export interface SqliteFile {
  /** Throws what SQLite says, at once: it waits for nobody. */
  work(ask: Ask): Result;
  /** Where the file is; null: there is none (yet). */
  path(): string | null;
  /** How many rows were changed so far. */
  changed(): number;
  /** The number of writes that a copy of the file can be told by: see the watch. */
  readMark(): number;
  setMark(mark: number): void;
}

/**
 * NOTE: the first takes effect only in a file that has nothing in it yet, so it comes first. `busy_timeout`: while
 * SQLite waits, nobody else can be served. `secure_delete`: in pages that go on being used nothing is left of what was
 * deleted, so that giving back the others is enough to erase somebody.
 */
const PRAGMAS = [
  'auto_vacuum = INCREMENTAL',
  'busy_timeout = 0',
  'journal_mode = WAL',
  'synchronous = FULL',
  'journal_size_limit = 4194304',
  'secure_delete = FAST',
];
const NOTHING: Result = { table: NO_ROWS, changes: null };

/** A file that is opened when it is asked to be. */
export function sqliteFile(): SqliteFile {
  let file: DatabaseSync | undefined;
  const open = (path: string): void => {
    file?.close();
    file = undefined;
    const opened = new DatabaseSync(path);
    try {
      for (const pragma of PRAGMAS) opened.exec(`PRAGMA ${pragma}`);
    } catch (error) {
      opened.close();
      throw error;
    }
    file = opened;
  };
  return {
    path: () => file?.location() ?? null,
    changed: () => Number(file!.prepare('select total_changes() as count').get()!['count']),
    readMark: () => Number(file!.prepare('PRAGMA user_version').get()!['user_version']),
    setMark: (mark) => {
      file!.exec(`PRAGMA user_version = ${mark}`);
      file!.exec('PRAGMA wal_checkpoint(PASSIVE)');
    },
    work: (ask) => {
      if (ask.kind === 'open') open(ask.text);
      else if (ask.kind === 'close') file = void file?.close();
      else if (ask.kind === 'statement') return execute(file!, ask);
      else if (ask.kind === 'begin') file!.exec('BEGIN IMMEDIATE');
      else if (ask.kind === 'commit') file!.exec('COMMIT');
      // A transaction that broke off for want of room is none any more.
      else if (file!.isTransaction) file!.exec('ROLLBACK');
      return NOTHING;
    },
  };
}

/** NOTE: a pragma is done when it was read to its end, also one that gives no columns. */
function execute(file: DatabaseSync, { text, values }: Ask): Result {
  const statement = file.prepare(text);
  const names = statement.columns().map(({ name }) => name);
  if (names.length === 0 && !/^pragma /i.test(text))
    return { table: NO_ROWS, changes: Number(statement.run(...values).changes) };
  statement.setReturnArrays(true);
  return { table: tableOf(names, statement.all(...values) as unknown as Value[][]), changes: null };
}

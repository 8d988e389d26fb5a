import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, type RawBuilder, sql, SqliteDialect } from 'kysely';
import type { Columns, Engine } from './engine.ts';
import type { Tables } from './tables.ts';

/** How long a statement waits for another process that writes, ms. */
const BUSY_MS = 5_000;

/** A file of one server. The process's clock is the server's, so it decides leases. */
export function openSqlite(path: string, now: () => number): Engine {
  const file = new DatabaseSync(path);
  file.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL`);
  return {
    db: new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapter(file) }) }),
    clock: () => sql<number>`cast(${now()} as integer)`,
    locksRows: false,
    given,
  };
}

function given<T extends object>(columns: Columns<T>, rows: readonly T[]): RawBuilder<T> {
  const fields = Object.keys(columns).map(
    (name) => sql`json_extract(value, ${sql.lit(`$.${name}`)}) as ${sql.ref(name)}`,
  );
  return sql<T>`(select ${sql.join(fields)} from json_each(${JSON.stringify(rows)}))`;
}

/** What kysely wants of better-sqlite3, made of what Node has. */
function adapter(file: DatabaseSync): ConstructorParameters<typeof SqliteDialect>[0]['database'] & object {
  return {
    close: () => file.close(),
    prepare: (text) => {
      const statement = file.prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (values) => statement.all(...(values as SQLInputValue[])),
        run: (values) => statement.run(...(values as SQLInputValue[])),
        iterate: (values) => statement.iterate(...(values as SQLInputValue[])),
      };
    },
  };
}

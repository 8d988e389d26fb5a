import {
  type Compilable,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Kind, Result } from './protocol.ts';
import type { Remote } from './remote.ts';
import { rowsIn, type Table, type Value } from '../table.ts';

/** SQLite as kysely speaks to it, in another thread. Transactions are there to write: each waits for its turn first. */
export function threadDialect(remote: Remote): Dialect {
  return {
    createAdapter: () => new SharedAdapter(),
    createDriver: () => new ThreadDriver(remote),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** The thread orders what the sessions ask: none waits here for another one's lock. */
class SharedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Statements of which the rows are wanted as one table. */
const AS_TABLES = new WeakSet<CompiledQuery>();

export async function askForTable<T>(db: Kysely<T>, statement: Compilable): Promise<Table> {
  const query = statement.compile();
  AS_TABLES.add(query);
  const { rows } = await db.executeQuery<Table>(query);
  return rows[0]!;
}

class Session implements DatabaseConnection {
  readonly remote: Remote;
  readonly number: number;

  constructor(remote: Remote, number: number) {
    this.remote = remote;
    this.number = number;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { table, changes } = await this.ask('statement', query.sql, query.parameters);
    const rows = AS_TABLES.has(query) ? [table] : rowsIn(table);
    return { rows: rows as R[], ...(changes === null ? {} : { numAffectedRows: BigInt(changes) }) };
  }

  ask(kind: Kind, text = '', values: readonly unknown[] = []): Promise<Result> {
    return this.remote.ask({ session: this.number, kind, text, values: values as readonly Value[] });
  }

  streamQuery(): never {
    throw new Error('nothing is streamed here');
  }
}

class ThreadDriver implements Driver {
  readonly #remote: Remote;
  #sessions = 0;

  constructor(remote: Remote) {
    this.#remote = remote;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Session> {
    return new Session(this.#remote, ++this.#sessions);
  }

  async beginTransaction(session: Session): Promise<void> {
    await session.ask('begin');
  }

  async commitTransaction(session: Session): Promise<void> {
    await session.ask('commit');
  }

  async rollbackTransaction(session: Session): Promise<void> {
    await session.ask('rollback');
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    await this.#remote.ask({ session: 0, kind: 'close', text: '', values: [] }).catch(() => undefined);
    await this.#remote.end();
  }
}

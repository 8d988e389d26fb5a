import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Kind, Value } from './protocol.ts';
import type { Remote } from './remote.ts';

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

class Session implements DatabaseConnection {
  readonly remote: Remote;
  readonly number: number;

  constructor(remote: Remote, number: number) {
    this.remote = remote;
    this.number = number;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return this.ask('statement', sql, parameters);
  }

  async ask<R>(kind: Kind, text = '', values: readonly unknown[] = []): Promise<QueryResult<R>> {
    const asked = { session: this.number, kind, text, values: values as readonly Value[] };
    const { rows, changes } = await this.remote.ask(asked);
    return { rows: rows as R[], ...(changes === null ? {} : { numAffectedRows: BigInt(changes) }) };
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

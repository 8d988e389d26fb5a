import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  RootOperationNode,
  TransactionSettings,
} from 'kysely';
import { troubleOf } from './trouble.ts';
import type { WriteWatch } from './write-watch.ts';

const WRITES: readonly RootOperationNode['kind'][] = ['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode'];

/** The same dialect, whose errors say what they mean for the ledger; a write that fails is noted. */
export function watched(dialect: Dialect, watch: WriteWatch): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => new WatchedDriver(dialect.createDriver(), watch),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

/** In the words of the ledger's trouble. `watch`: of a write; undefined: it is none. */
async function attempt<T>(work: () => Promise<T>, watch?: WriteWatch): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const trouble = troubleOf(error);
    watch?.failed(trouble);
    throw trouble;
  }
}

class WatchedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  readonly #watch: WriteWatch;

  constructor(inner: DatabaseConnection, watch: WriteWatch) {
    this.inner = inner;
    this.#watch = watch;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (!WRITES.includes(query.query.kind)) return attempt(() => this.inner.executeQuery<R>(query));
    return attempt(() => this.inner.executeQuery<R>(query), this.#watch);
  }

  streamQuery<R>(query: CompiledQuery, size: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery(query, size);
  }
}

/** NOTE: transactions are there to write: one that cannot begin, or be committed, is a write that failed. */
class WatchedDriver implements Driver {
  readonly #inner: Driver;
  readonly #watch: WriteWatch;

  constructor(inner: Driver, watch: WriteWatch) {
    this.#inner = inner;
    this.#watch = watch;
  }

  init(): Promise<void> {
    return this.#inner.init();
  }

  async acquireConnection(): Promise<WatchedConnection> {
    return new WatchedConnection(await attempt(() => this.#inner.acquireConnection()), this.#watch);
  }

  beginTransaction({ inner }: WatchedConnection, settings: TransactionSettings): Promise<void> {
    return attempt(() => this.#inner.beginTransaction(inner, settings), this.#watch);
  }

  commitTransaction({ inner }: WatchedConnection): Promise<void> {
    return attempt(() => this.#inner.commitTransaction(inner), this.#watch);
  }

  rollbackTransaction({ inner }: WatchedConnection): Promise<void> {
    return this.#inner.rollbackTransaction(inner);
  }

  releaseConnection({ inner }: WatchedConnection): Promise<void> {
    return this.#inner.releaseConnection(inner);
  }

  destroy(): Promise<void> {
    return this.#inner.destroy();
  }
}

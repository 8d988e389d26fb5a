import { Worker } from 'node:worker_threads';
import pg from 'pg';

/** Counts what this process asks of PostgreSQL and of SQLite's thread, also beginnings and ends of transactions. */
export interface StatementCount {
  read(): number;
  /** Counts no longer. */
  end(): void;
}

export function countStatements(): StatementCount {
  let count = 0;
  const noted = <T extends (...args: never[]) => unknown>(real: T): T =>
    function (this: unknown, ...args: Parameters<T>): unknown {
      count++;
      return real.apply(this, args);
    } as T;
  const [{ query }, { postMessage }] = [pg.Client.prototype, Worker.prototype];
  Object.assign(pg.Client.prototype, { query: noted(query) });
  Object.assign(Worker.prototype, { postMessage: noted(postMessage) });
  return {
    read: () => count,
    end: () => {
      Object.assign(pg.Client.prototype, { query });
      Object.assign(Worker.prototype, { postMessage });
    },
  };
}

import { Worker } from 'node:worker_threads';
import pg from 'pg';

/** Counts what this process asks of PostgreSQL and of SQLite's thread, also beginnings and ends of transactions. */
export interface StatementCount {
  read(): number;
  /** How many of them named this. */
  naming(part: string): number;
  /** Counts no longer. */
  end(): void;
}

export function countStatements(): StatementCount {
  const texts: string[] = [];
  const noted = <T extends (...args: never[]) => unknown>(real: T): T =>
    function (this: unknown, ...args: Parameters<T>): unknown {
      texts.push(textOf(args[0]));
      return real.apply(this, args);
    } as T;
  const [{ query }, { postMessage }] = [pg.Client.prototype, Worker.prototype];
  Object.assign(pg.Client.prototype, { query: noted(query) });
  Object.assign(Worker.prototype, { postMessage: noted(postMessage) });
  return {
    read: () => texts.length,
    naming: (part) => texts.filter((text) => text.includes(part)).length,
    end: () => {
      Object.assign(pg.Client.prototype, { query });
      Object.assign(Worker.prototype, { postMessage });
    },
  };
}

function textOf(asked: unknown): string {
  const { text, sql } = (asked ?? {}) as { text?: unknown; sql?: unknown };
  return [asked, text, sql].filter((it) => typeof it === 'string').join(' ');
}

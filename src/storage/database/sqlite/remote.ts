import { Worker } from 'node:worker_threads';
import { LedgerRefused } from '../../../core/model/errors.ts';
import type { Ask, Refusal, Result, Said } from './protocol.ts';

/** The file as the program has it: it is asked, and another thread works. */
export interface Remote {
  /** Rejects with what SQLite says (`SqliteError`), or once the file is lost. */
  ask(what: Omit<Ask, 'id'>): Promise<Result>;
  /** Ends the thread, whatever it does. */
  end(): Promise<void>;
}

/** What SQLite refused. */
class SqliteError extends Error {
  override readonly name = 'SqliteError';
  /** The extended result code. */
  readonly errcode: number | undefined;

  constructor({ message, errcode }: Refusal) {
    super(message);
    this.errcode = errcode;
  }
}

interface Waiting {
  done(result: Result): void;
  fail(error: Error): void;
}

/** `onLost`: the file is not what was opened any more; from then on nothing is asked of it. */
export function startThread(onLost: (error: LedgerRefused) => void): Remote {
  // NOTE: nothing of the process's own: what is loaded first into it (an APM agent) would be loaded here once more.
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { execArgv: [], env: {}, name: 'sqlite' });
  const waiting = new Map<number, Waiting>();
  let ids = 0;
  let lost: Error | null = null;
  const settle = (id: number): Waiting => {
    const found = waiting.get(id)!;
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    return found;
  };
  const fail = (error: Error): void => {
    lost ??= error;
    for (const id of [...waiting.keys()]) settle(id).fail(lost);
  };
  worker.unref();
  worker.on('message', (said: Said) => {
    if (!('lost' in said)) {
      const { done, fail: refuse } = settle(said.id);
      return 'refusal' in said ? refuse(new SqliteError(said.refusal)) : done(said);
    }
    const error = new LedgerRefused(`its file ${said.lost} under this server; ${WHAT_TO_DO}`);
    lost ??= error;
    onLost(error);
  });
  worker.on('error', (error) => fail(new Error(`SQLite's thread broke: ${String(error)}`)));
  worker.on('exit', () => fail(new Error("SQLite's thread ended")));
  return {
    ask: (what) =>
      new Promise((done, refuse) => {
        if (lost !== null && what.kind !== 'close') return refuse(lost);
        const id = ++ids;
        if (waiting.size === 0) worker.ref();
        waiting.set(id, { done, fail: refuse });
        worker.postMessage({ id, ...what });
      }),
    end: async () => void (await worker.terminate()),
  };
}

const WHAT_TO_DO = 'put back the right one without -wal and -shm beside it, and start this server anew';

import { Worker } from 'node:worker_threads';

/** Tells how long a SQLite file could not be written by anybody else. */
export interface FileWatch {
  /** The longest time since the last call, ms: up to 2 ms too short or too long. */
  held(): number;
  end(): Promise<void>;
}

const CODE = `
const { DatabaseSync } = require('node:sqlite');
const { workerData: { path, longest } } = require('node:worker_threads');
const all = new Float64Array(longest);
const pause = new Int32Array(new SharedArrayBuffer(4));
const file = new DatabaseSync(path, { timeout: 0 });
let since = null;
for (;;) {
  try {
    file.exec('BEGIN IMMEDIATE');
    file.exec('ROLLBACK');
    if (since !== null) all[0] = Math.max(all[0], performance.now() - since);
    since = null;
  } catch {
    since ??= performance.now();
  }
  Atomics.wait(pause, 0, 0, 1);
}
`;

/** Another connection tries to write all the time, in a thread of its own. */
export async function watchFile(path: string): Promise<FileWatch> {
  const longest = new SharedArrayBuffer(8);
  const all = new Float64Array(longest);
  const worker = new Worker(CODE, { eval: true, workerData: { path, longest } });
  await new Promise((done) => worker.once('online', done));
  return {
    held: () => {
      const most = Math.round(all[0]!);
      all[0] = 0;
      return most;
    },
    end: async () => void (await worker.terminate()),
  };
}

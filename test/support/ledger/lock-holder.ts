import { startProcess } from '../process/processes.ts';
import { until } from '../time/until.ts';

/** Another process that has a lock on a file of SQLite's. */
export interface LockHolder {
  /** It ends, and so does the lock. */
  release(): Promise<void>;
}

const SCRIPT = `
  const { DatabaseSync } = require('node:sqlite');
  const file = new DatabaseSync(process.argv[1]);
  file.exec('BEGIN IMMEDIATE');
  process.stdout.write('held');
  setInterval(() => undefined, 1000);`;

/** `BEGIN IMMEDIATE`, as a shell or a backup's script would. */
export async function holdLock(path: string): Promise<LockHolder> {
  const it = startProcess(['-e', SCRIPT, path]);
  await until(`the other process has the lock (it said: ${it.err()})`, () => it.out() === 'held');
  return {
    release: async () => {
      it.child.kill('SIGKILL');
      await it.end();
    },
  };
}

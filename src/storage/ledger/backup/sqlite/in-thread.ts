import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { BackupTrouble } from '../../../../core/backup/trouble.ts';
import type { Facts } from '../../../../core/ports/backup/item.ts';
import type { FileJob } from './work.ts';

/** Has it done by another thread: this one serves requests meanwhile. */
export async function inThread(job: FileJob): Promise<Facts> {
  const url = new URL('./copy-thread.ts', import.meta.url);
  const worker = new Worker(url, { execArgv: [], env: {}, name: 'backup', workerData: job });
  try {
    const [said] = (await once(worker, 'message')) as [{ readonly facts: Facts } | { readonly fault: string }];
    if ('fault' in said) throw new BackupTrouble(said.fault);
    return said.facts;
  } finally {
    await worker.terminate();
  }
}

import { parentPort, workerData } from 'node:worker_threads';
import { type FileJob, workOnFile } from './work.ts';

/** The thread in which large files are read and written. An edge of its own: it does one job and ends. */
parentPort!.postMessage(
  await workOnFile(workerData as FileJob).then(
    (facts) => ({ facts }),
    (error: unknown) => ({ fault: error instanceof Error ? error.message : String(error) }),
  ),
);

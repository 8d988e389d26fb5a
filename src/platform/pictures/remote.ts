import { Worker } from 'node:worker_threads';

/** What the thread says of the one picture that it was started with. */
export type Said = { readonly png: Uint8Array } | { readonly fault: string };

/** All of a picture, the thread's start included, ms. */
const LIMIT_MS = 20_000;

/** One picture in a thread of its own, which ends with it: nobody keeps its memory. */
export async function drawInThread(svg: string): Promise<Uint8Array> {
  // NOTE: nothing of the process's own: what is loaded first into it (an APM agent) would be loaded here once more.
  const options = { execArgv: [], env: {}, name: 'picture', workerData: svg };
  const worker = new Worker(new URL('./draw.ts', import.meta.url), options);
  try {
    return await pngFrom(worker);
  } finally {
    await worker.terminate();
  }
}

function pngFrom(worker: Worker): Promise<Uint8Array> {
  return new Promise((done, fail) => {
    const over = AbortSignal.timeout(LIMIT_MS);
    over.addEventListener('abort', () => fail(new Error(`no picture within ${LIMIT_MS / 1000} s`)));
    worker.on('message', (said: Said) => ('png' in said ? done(said.png) : fail(new Error(said.fault))));
    worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => fail(new Error('the thread that draws pictures ended')));
  });
}

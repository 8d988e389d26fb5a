import type { LogFiles } from '../../../core/ports/events/log-files.ts';
import { Broken } from './unpack.ts';

const STEP = 64 * 1024;

/** The bytes of a file of this machine. Throws a `Broken` for one that cannot be opened. */
export async function bytesOf(path: string, files: LogFiles): Promise<AsyncGenerator<Uint8Array>> {
  const file = await files.open(path).catch((error: unknown) => {
    const { code, message } = error as { readonly code?: string; readonly message: string };
    throw new Broken(`it cannot be opened (${code ?? message})`);
  });
  return (async function* () {
    try {
      for (let at = 0; ;) {
        const buffer = new Uint8Array(STEP);
        const some = await file.read(buffer, at);
        if (some === 0) return;
        at += some;
        yield buffer.subarray(0, some);
      }
    } finally {
      await file.close();
    }
  })();
}

import { UpstreamError } from '../../../core/model/errors.ts';
import type { LogFiles } from '../../../core/ports/events/log-files.ts';
import { bytesOf } from './local.ts';
import { readText, type TextReading } from './read-text.ts';
import { Broken, unpack } from './unpack.ts';

/**
 * Reads a file of this machine whole, packed or not; of one that is broken nothing is stored. `prefix`: of names that
 * are made of a place. Throws an `UpstreamError` where it cannot be read.
 */
export async function readLocal(path: string, prefix: string, files: LogFiles, reading: TextReading): Promise<void> {
  try {
    for await (const piece of unpack(await bytesOf(path, files))) if (piece.length === 0) continue;
    const text = unpack(await bytesOf(path, files));
    await readText(text, path, { before: null, end: 'over', prefix }, reading);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const { project: service } = reading;
    throw new UpstreamError(`${path} is not read: ${error.message}`, { service, retryable: false });
  }
}

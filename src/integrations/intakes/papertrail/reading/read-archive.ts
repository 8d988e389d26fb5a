import type { LogState } from '../../../../core/logs/read-log.ts';
import type { Pointer } from '../../../vendors/aws/pointer.ts';
import type { Archives } from './archives.ts';
import { readText, type TextReading } from '../../../vendors/logs/read-text.ts';
import { Broken, unpack } from '../../../vendors/logs/unpack.ts';

/**
 * Reads an archive twice: the first time to see that it is whole, so that nothing is stored of one that is not. Memory
 * stays the same, however large it is. Gives back what is open at its end.
 */
export async function readArchive(
  pointer: Pointer,
  before: LogState | null,
  { archives, signal }: { readonly archives: Archives; readonly signal: AbortSignal },
  reading: TextReading,
): Promise<LogState | null> {
  const first = await archives.open(pointer, null, signal);
  if (first === null) throw new Broken('it is not there');
  for await (const piece of unpack(first.bytes)) if (piece.length === 0) continue;
  const second = await archives.open(pointer, first.tag === '' ? null : first.tag, signal);
  if (second === null) throw new Broken('it is not there any more');
  const name = `s3://${pointer.bucket}/${pointer.key}`;
  return readText(unpack(second.bytes), name, { before, end: 'goes on' }, reading);
}

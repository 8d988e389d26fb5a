import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { LogFile } from '../../../../core/ports/events/log-files.ts';
import { bytesAt, PRINT_BYTES } from './prints.ts';

const CHUNK_BYTES = 256 * 1024;

/** The text of a file from that byte on, piece by piece; a piece holds only until the next is asked for. */
export async function* textFrom(file: LogFile, isPacked: boolean, offset: number): AsyncGenerator<Uint8Array> {
  if (!isPacked) {
    yield* bytesFrom(file, offset);
    return;
  }
  let skip = offset;
  for await (const chunk of unpacked(file)) {
    const piece = chunk.subarray(Math.min(skip, chunk.length));
    skip -= chunk.length - piece.length;
    if (piece.length > 0) yield piece;
  }
}

/** The first bytes of the text of a file, as many as it is known again by. Throws for what is broken before. */
export async function firstText(file: LogFile, isPacked: boolean): Promise<Uint8Array> {
  if (!isPacked) return bytesAt(file, 0, PRINT_BYTES);
  const first = new Uint8Array(PRINT_BYTES);
  let had = 0;
  for await (const piece of textFrom(file, true, 0)) {
    const some = piece.subarray(0, PRINT_BYTES - had);
    first.set(some, had);
    had += some.length;
    if (had === PRINT_BYTES) break;
  }
  return first.subarray(0, had);
}

async function* bytesFrom(file: LogFile, offset: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(CHUNK_BYTES);
  for (let at = offset; ;) {
    const some = await file.read(buffer, at);
    if (some === 0) return;
    at += some;
    yield buffer.subarray(0, some);
  }
}

/** What gzip packed, its members one after another. Throws for what is broken, after what stands before it. */
async function* unpacked(file: LogFile): AsyncGenerator<Buffer> {
  const source = Readable.from(copies(file));
  const gunzip = createGunzip();
  source.once('error', (error) => void gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Buffer>;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

/** NOTE: a stream keeps several pieces at once. */
async function* copies(file: LogFile): AsyncGenerator<Buffer> {
  for await (const piece of bytesFrom(file, 0)) yield Buffer.from(piece);
}

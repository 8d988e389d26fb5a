import type { Readable } from 'node:stream';

/** Larger answers are not read to their end: no documented answer comes near it. */
const MAX_BYTES = 32 * 1024 * 1024;
/** What is larger than this is collected in a store that can be given back. */
const SMALL_BYTES = 1024 * 1024;

/**
 * The text of an answer; null: it is larger than `most` bytes, unpacked, and was not read further. `declared`: its
 * `Content-Length`. `isBinary`: one letter for each byte. Rejects when the connection breaks.
 */
export async function textOf(
  body: Readable,
  declared: string | undefined,
  most: number = MAX_BYTES,
  isBinary = false,
): Promise<string | null> {
  if (Number(declared) > most) {
    body.destroy();
    return null;
  }
  const store = createStore(most);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) if (!store.add(chunk)) return null;
    return isBinary ? store.bytes().toString('latin1') : store.text();
  } finally {
    store.free();
  }
}

/** Bytes that come piece by piece. */
interface Store {
  /** False: there would be more than is wanted. */
  add(chunk: Buffer): boolean;
  /** Good until `free`. */
  bytes(): Buffer;
  /** Without a byte order mark. */
  text(): string;
  free(): void;
}

/**
 * NOTE: the large store is one memory mapping, which `free` shrinks to nothing at once. Pieces of 64 kB would wait for
 * the collector, and then stay with the allocator for as long as the process lives.
 */
function createStore(most: number): Store {
  const small: Buffer[] = [];
  let large: ArrayBuffer | null = null;
  let size = 0;
  const bytes = (): Buffer => (large === null ? Buffer.concat(small) : Buffer.from(large, 0, size));
  return {
    add(chunk) {
      const before = size;
      size += chunk.length;
      if (size > most) return false;
      if (large === null && size <= SMALL_BYTES) return small.push(chunk) > 0;
      large ??= largeOf(small.splice(0));
      if (size > large.byteLength) large.resize(Math.min(MAX_BYTES, Math.max(size, 2 * large.byteLength)));
      new Uint8Array(large).set(chunk, before);
      return true;
    },
    bytes,
    text: () =>
      bytes()
        .toString()
        .replace(/^\uFEFF/, ''),
    free: () => large?.resize(0),
  };
}

function largeOf(pieces: readonly Buffer[]): ArrayBuffer {
  const bytes = Buffer.concat(pieces);
  const large = new ArrayBuffer(bytes.length, { maxByteLength: MAX_BYTES });
  new Uint8Array(large).set(bytes);
  return large;
}

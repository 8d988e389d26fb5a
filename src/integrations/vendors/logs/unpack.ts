import { createGunzip } from 'node:zlib';

/** An archive that cannot be read, now or ever. The message says why, for people. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** The text of a packed file, and so much of it: no archive of lines has more. */
const LIMITS = { bytes: 4 * 1024 ** 3, times: 200, slack: 1024 ** 2 } as const;

/**
 * The text of an archive, piece by piece: one that is packed, in any number of members, with zeros between or behind
 * them, or one that is not. Throws a `Broken` behind what stands before the fault. NOTE: Node's own gunzip ends at
 * zeros and drops what follows them without a word.
 */
export async function* unpack(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const input = createInput(source);
  const first = await input.next();
  if (first === null) throw new Broken('it is empty');
  input.unread(first);
  if (first[0] !== 0x1f || (first.length > 1 && first[1] !== 0x8b)) {
    yield* plain(input, first);
    return;
  }
  let unpacked = 0;
  while (await skipZeros(input))
    for await (const piece of member(input)) {
      unpacked += piece.length;
      if (unpacked > Math.min(LIMITS.bytes, input.had() * LIMITS.times + LIMITS.slack))
        throw new Broken(`it unpacks to more than ${LIMITS.times} times its size, or than 4 GiB`);
      yield piece;
    }
}

async function* plain(input: Input, first: Buffer): AsyncGenerator<Buffer> {
  if (first.subarray(0, 512).includes(0) || /^\s*</.test(first.subarray(0, 64).toString('latin1')))
    throw new Broken('it is neither packed by gzip nor lines of text');
  for (let piece = await input.next(); piece !== null; piece = await input.next()) yield piece;
}

interface Input {
  /** Null: there is no more. */
  next(): Promise<Buffer | null>;
  unread(bytes: Buffer): void;
  /** Bytes so far. */
  had(): number;
}

function createInput(source: AsyncIterable<Uint8Array>): Input {
  const pieces = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>;
  const kept: Buffer[] = [];
  let had = 0;
  return {
    async next() {
      const again = kept.pop();
      if (again !== undefined) return again;
      for (;;) {
        const { done, value } = await pieces.next();
        if (done === true) return null;
        had += value.length;
        if (value.length > 0) return Buffer.from(value);
      }
    },
    unread: (bytes) => void (bytes.length > 0 && kept.push(bytes)),
    had: () => had,
  };
}

/** False: nothing follows. */
async function skipZeros(input: Input): Promise<boolean> {
  for (;;) {
    const piece = await input.next();
    if (piece === null) return false;
    const at = piece.findIndex((byte) => byte !== 0);
    if (at === -1) continue;
    input.unread(piece.subarray(at));
    return true;
  }
}

/** Of what comes in at once, bytes: what it unpacks to is held. */
const STEP = 16 * 1024;
/** Of what goes out at once, bytes. NOTE: a quarter of it takes half as long again. */
const CHUNK = 64 * 1024;

/** Members up to the end, or to zeros behind one. */
async function* member(input: Input): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  const out: Buffer[] = [];
  let error: Error | null = null;
  const ended = new Promise<void>((done) => {
    gunzip.on('data', (piece: Buffer) => void out.push(piece));
    gunzip.once('error', (it) => done(void (error = it)));
    gunzip.once('end', done);
  });
  try {
    for (let fed = 0; ;) {
      const piece = await input.next();
      if (piece === null) {
        gunzip.end();
        await ended;
        yield* out.splice(0);
        if (error !== null) throw brokenBy(error);
        return;
      }
      const some = piece.subarray(0, STEP);
      input.unread(piece.subarray(STEP));
      // NOTE: what breaks never says that it took a piece.
      await Promise.race([new Promise<void>((done) => void gunzip.write(some, () => done())), ended]);
      fed += some.length;
      const left = fed - gunzip.bytesWritten;
      if (error === null && left > 0) await ended;
      yield* out.splice(0);
      if (error !== null) throw brokenBy(error);
      if (left === 0) continue;
      input.unread(some.subarray(some.length - left));
      return;
    }
  } finally {
    gunzip.destroy();
  }
}

function brokenBy({ message }: Error): Broken {
  const isCut = message === 'unexpected end of file';
  return new Broken(isCut ? 'it is packed by gzip and breaks off' : `gzip cannot unpack it: ${message}`);
}

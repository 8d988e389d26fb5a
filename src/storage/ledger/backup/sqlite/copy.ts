import { createReadStream, createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Copy, Facts } from '../../../../core/ports/backup/item.ts';
import { damaged } from '../copy-text.ts';
import { mustBeSame } from '../differences.ts';
import { factsSaid } from '../facts.ts';
import { inThread } from './in-thread.ts';
import type { FileJob } from './work.ts';

/** How names of copies of SQLite files end. */
export const SQLITE_ENDING = 'sqlite.gz';

/** Does a job with a file; in tests by itself. */
export type DoJob = (job: FileJob) => Promise<Facts>;

/** A copy of a SQLite file that is in use. */
export async function copySqlite(path: string, folder: string, work: DoJob = inThread): Promise<Copy> {
  const plain = join(folder, 'copy.sqlite');
  const facts = await work({ kind: 'copy', from: path, to: plain });
  const file = `${plain}.gz`;
  await pipeline(createReadStream(plain), createGzip(), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  await unlink(plain);
  return {
    file,
    ending: SQLITE_ENDING,
    async prove(back, scratch) {
      const restored = join(scratch, 'scratch.sqlite');
      await unpack(back, restored);
      const found = await work({ kind: 'look', file: restored });
      mustBeSame(found, facts);
      return { facts: found, said: factsSaid(found) };
    },
  };
}

/** Into a new file. */
export async function unpack(packed: string, file: string): Promise<void> {
  try {
    await pipeline(createReadStream(packed), createGunzip(), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    throw damaged(error);
  }
}

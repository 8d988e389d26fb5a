import { constants } from 'node:fs';
import { chmod, copyFile, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupTrouble } from '../../core/backup/trouble.ts';
import type { BackupPlace } from '../../core/ports/backup/place.ts';
import { digestOf } from '../../platform/file-digest.ts';
import { isBelow } from '../../platform/is-below.ts';
import { placeFile } from '../../platform/place-file.ts';
import { realFolder } from '../../platform/real-files.ts';
import { openWorkshop } from './workshop.ts';

/** Copies in a folder of this machine. It must be there: a disk that is not mounted is not written around. */
export function folderPlace(folder: string, now: () => number): BackupPlace {
  return {
    name: folder,
    names: () => readdir(folder),
    async put(name, file) {
      const digest = await digestOf(file);
      await placeFile(file, join(folder, name));
      return digest;
    },
    async fetch(name, file) {
      await copyFile(join(folder, name), file, constants.COPYFILE_EXCL);
      await chmod(file, 0o600);
      return digestOf(file);
    },
    remove: (name) => unlink(join(folder, name)).catch(unlessGone),
    workshop: () => openWorkshop(folder, now()).catch(inWords(folder)),
  };
}

/** Rejects with a BackupTrouble for a folder that links lead out of all of these to. */
export async function requireWithin(folder: string, roots: readonly string[]): Promise<void> {
  const there = await realFolder(folder).catch(inWords(folder));
  const known = await Promise.all(roots.map((root) => realFolder(root).catch(() => null)));
  if (known.some((root) => root !== null && isBelow(there, root))) return;
  throw new BackupTrouble(`${folder} leads outside of FILE_ROOTS; add its folder there, or name another`);
}

function inWords(folder: string): (error: unknown) => never {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new BackupTrouble(`there is no folder ${folder}: make it (mkdir -m 700), or mount its disk`);
  };
}

function unlessGone(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

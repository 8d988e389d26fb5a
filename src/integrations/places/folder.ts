import { constants } from 'node:fs';
import { chmod, copyFile, type FileHandle, open, readdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupPlace } from '../../core/ports/backup/place.ts';
import { digestOf } from '../../platform/file-digest.ts';
import { openWorkshop } from './workshop.ts';

/** Copies in a folder of this machine. It must be there: a disk that is not mounted is not written around. */
export function folderPlace(folder: string, now: () => number): BackupPlace {
  return {
    name: folder,
    names: () => readdir(folder),
    put: (name, file) => put(file, folder, name),
    async fetch(name, file) {
      await copyFile(join(folder, name), file, constants.COPYFILE_EXCL);
      await chmod(file, 0o600);
      return digestOf(file);
    },
    remove: (name) => unlink(join(folder, name)).catch(unlessGone),
    workshop: () => openWorkshop(folder, now()),
  };
}

/** NOTE: the name is taken first, by an empty file, so that the rename replaces nothing of anybody's. */
async function put(file: string, folder: string, name: string): ReturnType<BackupPlace['put']> {
  const digest = await digestOf(file);
  await chmod(file, 0o600);
  await synced(file, 'r+');
  const target = join(folder, name);
  await (await open(target, 'wx', 0o600)).close();
  try {
    await rename(file, target);
  } catch (error) {
    await unlink(target).catch(() => undefined);
    throw error;
  }
  await synced(folder, 'r');
  return digest;
}

/** What was written to it is on the disk then; of a folder, the names in it. */
async function synced(path: string, how: 'r' | 'r+'): Promise<void> {
  const opened: FileHandle = await open(path, how);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

function unlessGone(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

import { chmod, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Gives a whole file its name, for this user alone, on the disk for good. Rejects (EEXIST) where something has it.
 * NOTE: the name is taken first, by an empty file, so that the rename replaces nothing of anybody's.
 */
export async function placeFile(file: string, target: string): Promise<void> {
  await chmod(file, 0o600);
  await synced(file, 'r+');
  await (await open(target, 'wx', 0o600)).close();
  try {
    await rename(file, target);
  } catch (error) {
    await unlink(target).catch(() => undefined);
    throw error;
  }
  await synced(dirname(target), 'r');
}

/** What was written to it is on the disk then; of a folder, the names in it. */
async function synced(path: string, how: 'r' | 'r+'): Promise<void> {
  const opened = await open(path, how);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

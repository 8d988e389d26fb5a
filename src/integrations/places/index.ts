import type { BackupPlace } from '../../core/ports/backup/place.ts';

/** Where copies are kept: a folder of this machine. Loaded when it is asked for. */
export async function placeAt(to: string, now: () => number): Promise<BackupPlace> {
  const { folderPlace } = await import('./folder.ts');
  return folderPlace(to, now);
}

import type { BackupPlace } from '../../core/ports/backup/place.ts';

/** Where copies are kept: a folder of this machine, or a bucket. Loaded when it is asked for. */
export async function placeAt(to: string, now: () => number): Promise<BackupPlace> {
  if (to.startsWith('s3://')) return (await import('./s3/index.ts')).s3Place(to, now);
  return (await import('./folder.ts')).folderPlace(to, now);
}

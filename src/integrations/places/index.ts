import type { BackupPlace } from '../../core/ports/backup/place.ts';

/**
 * Where copies are kept: a folder of this machine, or a bucket. Loaded when it is asked for. `roots`: a folder has to
 * be below one of these; undefined: it may be any. Rejects where it leads elsewhere.
 */
export async function placeAt(to: string, now: () => number, roots?: readonly string[]): Promise<BackupPlace> {
  if (to.startsWith('s3://')) return (await import('./s3/index.ts')).s3Place(to, now);
  const { folderPlace, requireWithin } = await import('./folder.ts');
  if (roots !== undefined) await requireWithin(to, roots);
  return folderPlace(to, now);
}

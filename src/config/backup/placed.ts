import { isBelow } from '../../platform/is-below.ts';
import { isOnDisk } from '../../platform/real-files.ts';
import type { BackupPlan } from '../../core/ports/backup/plan.ts';
import { readAt } from '../digests/at.ts';
import { isMap, type LineFault, type Sheet } from '../filters/sheet.ts';
import { quote } from '../formats.ts';
import type { WrittenBackup } from './keys.ts';

/** What a file says of backups, and where. */
export interface PlacedBackup {
  readonly line: number;
  /** Null: the file has faults. */
  readonly written: WrittenBackup | null;
}

/** Null: it says nothing. `written`: undefined where the file has faults. */
export function backupIn(sheet: Sheet, written: WrittenBackup | undefined): PlacedBackup | null {
  if (!isMap(sheet.value) || !Object.hasOwn(sheet.value, 'backup')) return null;
  return { line: sheet.lineAt(sheet.offsetOf(['backup']) ?? 0), written: written ?? null };
}

/** Of a file without faults; undefined: it says nothing. */
export function backupPlan(placed: PlacedBackup | null, path: string): BackupPlan | undefined {
  if (placed === null || placed.written === null) return undefined;
  const { at = '', to = '', keep } = placed.written;
  const read = readAt(at);
  if ('fault' in read) throw new Error(read.fault);
  const keepDays = keep === undefined ? null : Number.parseInt(keep, 10);
  return { at: read.at, to, keepDays, where: `${path}:${placed.line}` };
}

/**
 * A folder that is below none of these (undefined: any may be named), or is none of a disk. Links are looked at when
 * copies are made.
 */
export function backupOutside(
  roots: readonly string[] | undefined,
): (file: { readonly backup: PlacedBackup | null }) => readonly LineFault[] {
  return ({ backup }) => {
    const to = backup?.written?.to ?? 's3://';
    const fault = (text: string) => [{ line: backup!.line, text: `backup: to: ${quote(to)} ${text}` }];
    if (to.startsWith('s3://')) return [];
    if (!isOnDisk(to)) return fault('is on no disk; name a folder that stays');
    if (roots === undefined || roots.some((root) => isBelow(to, root))) return [];
    return fault('is outside of FILE_ROOTS; add its folder there, or name another');
  };
}

/** There is one for all files; the later one is at fault. */
export function backupTwins<F extends { readonly path: string; readonly backup: PlacedBackup | null }>(
  files: readonly F[],
): (file: F) => readonly LineFault[] {
  const [first, ...others] = files.filter(({ backup }) => backup !== null);
  return (file) => {
    if (!others.includes(file)) return [];
    return [
      { line: file.backup!.line, text: `backup: ${first!.path}:${first!.backup!.line} has it; keep one of both` },
    ];
  };
}

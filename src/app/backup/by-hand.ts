import type { BackupMade } from '../../core/backup/make.ts';
import { withLedger } from '../by-hand/with-ledger.ts';
import { StartError } from '../start-error.ts';
import type { World } from '../world.ts';
import { makeAll } from './make.ts';

/**
 * Makes a backup now. `to`: in place of where the files say, and then nothing old is deleted. Throws a StartError where
 * settings, filters or the ledger keep it from that.
 */
export function backupNow(to: string | undefined, world: World): Promise<BackupMade> {
  return withLedger('a backup', world, async ({ program }) => {
    const plan = program.live.now().backup;
    const place = to ?? plan?.to;
    if (place === undefined) throw new StartError(['backup: is in no filters file; write it there, or name --to']);
    const keepDays = to === undefined ? (plan?.keepDays ?? null) : null;
    const now = world.now();
    const roots = to === undefined ? program.settings.fileRoots : undefined;
    return makeAll(program, { to: place, keepDays, roots, now, sure: now }, world);
  });
}

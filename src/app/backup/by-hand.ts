import { type BackupMade, makeBackup } from '../../core/backup/make.ts';
import { placeAt } from '../../integrations/places/index.ts';
import { withLedger } from '../by-hand/with-ledger.ts';
import type { World } from '../world.ts';

/** Makes a backup now. Throws a StartError where settings, filters or the ledger keep it from that. */
export function backupNow(to: string, keepDays: number | null, world: World): Promise<BackupMade> {
  return withLedger('a backup', world, async ({ program }) => {
    const now = world.now();
    return makeBackup({
      items: [program.ledger.copied!],
      place: await placeAt(to, world.now),
      keepDays,
      server: world.server,
      now,
      sure: now,
      version: world.version,
    });
  });
}

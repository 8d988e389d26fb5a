import type { BackupPlan } from '../ports/backup/plan.ts';
import type { Admin } from '../telling/own/admin.ts';
import type { BackupMade } from './make.ts';

interface About {
  readonly plan: BackupPlan;
  /** In a row, before this one. */
  readonly failures: number;
  /** How much later it is tried again, ms. */
  readonly retryMs: number;
}

/** The admin hears of what failed, once, with what did not; and when all is well again. */
export async function tellBackup(
  { items, kept }: BackupMade,
  { plan, failures, retryMs }: About,
  admin: Pick<Admin, 'tell'>,
): Promise<void> {
  const failed = items.filter((it) => 'fault' in it);
  if (failed.length > 0) {
    const lines = items.map((it) =>
      'fault' in it ? `${it.item} failed: ${it.fault}` : `${it.item}: ${it.name}, whole`,
    );
    const line =
      `Backup to ${plan.to}: ${failed.length} of ${items.length} failed. Nothing old was deleted. ` +
      `It is tried again in ${retryMs / 3_600_000} h.`;
    await admin.tell('backup', line, lines);
    return;
  }
  if (failures > 0) await admin.tell('backup again', `Backup to ${plan.to}: all is well again.`);
  if (kept.length > 0)
    await admin.tell('backup old', `Backup to ${plan.to}: what is too old could not be deleted.`, kept.slice(0, 10));
}

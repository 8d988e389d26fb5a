import { type BackupMade, makeBackup } from '../../core/backup/make.ts';
import { whyOf } from '../../core/backup/trouble.ts';
import type { BackupItem } from '../../core/ports/backup/item.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import { placeAt } from '../../integrations/places/index.ts';
import type { Redact } from '../../platform/redact.ts';
import type { World } from '../world.ts';
import { configItem } from './config-item.ts';
import { configTexts } from './config-texts.ts';

type Owner = Pick<World, 'env' | 'disk' | 'now' | 'server' | 'version'>;

/** What is copied, where to, and by what time. */
export interface Making {
  readonly to: string;
  readonly keepDays: number | null;
  /** Below which `to` has to be, when a file says it; absent: it may be anywhere. */
  readonly roots?: readonly string[] | undefined;
  /** Epoch ms. */
  readonly now: number;
  readonly sure: number;
}

/** Makes a backup of all that there is to copy. Never rejects. */
export async function makeAll(
  { ledger, redact }: { readonly ledger: Pick<Ledger, 'copied'>; readonly redact: Redact },
  { to, roots, ...times }: Making,
  world: Owner,
): Promise<BackupMade> {
  const items: readonly BackupItem[] = [ledger.copied ?? [], configItem(() => configTexts(world, redact))].flat();
  try {
    const { server, version } = world;
    const made = await makeBackup({ items, place: await placeAt(to, world.now, roots), ...times, server, version });
    return { ...made, items: made.items.map((it) => ('fault' in it ? { ...it, fault: redact(it.fault) } : it)) };
  } catch (error) {
    const fault = redact(whyOf(error));
    return { items: items.map(({ name }) => ({ item: name, fault })), deleted: [], kept: [] };
  }
}

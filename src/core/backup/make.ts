import { DAY_MS } from '../model/window.ts';
import type { BackupItem } from '../ports/backup/item.ts';
import type { BackupPlace } from '../ports/backup/place.ts';
import { nameOf, PROOF, readName } from './names.ts';
import { type CopyProof, proofText } from './proof.ts';
import { BackupTrouble, whyOf } from './trouble.ts';

/** What is to be kept of what, and where. */
export interface BackupOrder {
  readonly items: readonly BackupItem[];
  readonly place: BackupPlace;
  /** Copies that are older go, days; null: all stay. */
  readonly keepDays: number | null;
  /** Stands in the names; nothing of other servers is ever deleted. */
  readonly server: string;
  /** Epoch ms. */
  readonly now: number;
  /** So late it is for sure, epoch ms: by this copies are too old. */
  readonly sure: number;
  /** Of the program. */
  readonly version: string;
}

/** What came of one item. */
export type ItemMade = { readonly item: string } & (
  { readonly name: string; readonly bytes: number; readonly said: string } | { readonly fault: string }
);

/** What a backup came to. */
export interface BackupMade {
  readonly items: readonly ItemMade[];
  /** Names of copies that were deleted. */
  readonly deleted: readonly string[];
  /** What could not be deleted, and why, for people. */
  readonly kept: readonly string[];
}

/**
 * Makes a copy of each item, reads it back, restores it beside and compares; each one's trouble is its own. What is too
 * old is deleted when all of that went well, and else nothing is. Never rejects.
 */
export async function makeBackup(order: BackupOrder): Promise<BackupMade> {
  const items: ItemMade[] = [];
  for (const item of order.items) items.push(await attempt(item, order));
  if (items.some((it) => 'fault' in it)) return { items, deleted: [], kept: [] };
  return { items, ...(await deleteOld(order)) };
}

async function attempt(item: BackupItem, order: BackupOrder): Promise<ItemMade> {
  try {
    return await make(item, order);
  } catch (error) {
    return { item: item.name, fault: whyOf(error) };
  }
}

async function make(item: BackupItem, order: BackupOrder): Promise<ItemMade> {
  const { place, server, now } = order;
  const workshop = await place.workshop();
  try {
    const copy = await item.copy(workshop.path);
    const name = nameOf({ server, at: now, item: item.name, ending: copy.ending });
    const put = await place.put(name, copy.file);
    try {
      const back = `${workshop.path}/back`;
      const fetched = await place.fetch(name, back);
      if (fetched.sha256 !== put.sha256 || fetched.bytes !== put.bytes) throw new BackupTrouble(CHANGED);
      const { facts, said } = await copy.prove(back, workshop.path);
      const proof: CopyProof = { ...put, madeBy: order.version, facts, said };
      await place.put(`${name}${PROOF}`, await workshop.write('proof.json', proofText(proof)));
      return { item: item.name, name, bytes: put.bytes, said };
    } catch (error) {
      // What is not what it says must not lie among what is.
      await place.remove(name).catch(() => undefined);
      throw error;
    }
  } finally {
    await workshop.remove();
  }
}

const CHANGED = 'what was read back is not what was written: look at the disk, or at the bucket';

async function deleteOld(order: BackupOrder): Promise<Pick<BackupMade, 'deleted' | 'kept'>> {
  const { place, keepDays } = order;
  if (keepDays === null) return { deleted: [], kept: [] };
  const [deleted, kept]: [string[], string[]] = [[], []];
  try {
    for (const name of tooOld(await place.names(), order, keepDays)) {
      try {
        await place.remove(name);
        await place.remove(`${name}${PROOF}`);
        deleted.push(name);
      } catch (error) {
        kept.push(`${name}: ${whyOf(error)}`);
      }
    }
  } catch (error) {
    kept.push(whyOf(error));
  }
  return { deleted, kept };
}

/** Copies of this server that were made longer ago, the oldest first. */
function tooOld(names: readonly string[], { server, sure }: BackupOrder, keepDays: number): readonly string[] {
  const copies = new Set(names.map((name) => (name.endsWith(PROOF) ? name.slice(0, -PROOF.length) : name)));
  return [...copies].toSorted().filter((name) => {
    const read = readName(name);
    return read !== null && read.server === server && read.at < sure - keepDays * DAY_MS;
  });
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CopyProof, proofIn } from '../../core/backup/proof.ts';
import { PROOF, readName } from '../../core/backup/names.ts';
import { BackupTrouble, whyOf } from '../../core/backup/trouble.ts';
import type { BackupPlace } from '../../core/ports/backup/place.ts';
import type { HeldCount } from '../../core/ports/backup/restores.ts';
import { valueOf } from '../../config/schema.ts';
import { filtersPath } from '../../config/settings.ts';
import type { Facts } from '../../core/ports/backup/item.ts';
import { filtersAt } from '../vet.ts';
import { placeAt } from '../../integrations/places/index.ts';
import { givenBy } from '../assemble.ts';
import { withLedger } from '../by-hand/with-ledger.ts';
import { StartError } from '../start-error.ts';
import type { World } from '../world.ts';

/** A copy as it lies at a place. */
export interface CopyThere {
  readonly name: string;
  readonly server: string;
  /** ISO. */
  readonly at: string;
  readonly item: string;
  /** Null: nothing proves it. */
  readonly proof: CopyProof | null;
}

/** All copies at a place, the newest first. Throws a StartError where it cannot be read. */
export function copiesAt(from: string, world: World): Promise<readonly CopyThere[]> {
  return orStartError(from, async () => {
    const place = await placeAt(from, world.now);
    const names = await place.names();
    const known = new Set(names);
    const copies = names.flatMap((name) => {
      const read = readName(name);
      return read === null ? [] : [{ name, ...read }];
    });
    const all: CopyThere[] = [];
    for (const { name, server, at, item } of copies.toSorted((a, b) => b.at - a.at || (a.name < b.name ? -1 : 1))) {
      const proof = known.has(`${name}${PROOF}`) ? await proofAt(place, name) : null;
      all.push({ name, server, at: new Date(at).toISOString(), item, proof });
    }
    return all;
  });
}

async function proofAt(place: BackupPlace, name: string): Promise<CopyProof | null> {
  const workshop = await place.workshop();
  try {
    const file = join(workshop.path, 'proof');
    await place.fetch(`${name}${PROOF}`, file);
    return proofIn(await readFile(file, 'utf8'));
  } finally {
    await workshop.remove();
  }
}

/** What is to be restored, from where and into what. */
export interface Wish {
  readonly name: string;
  readonly from: string;
  /** A ledger as LEDGER_URL, undefined: that; of files a folder. */
  readonly into: string | undefined;
  /** Also a copy that nothing proves. */
  readonly mayBeUnproven: boolean;
}

/** What it came to. */
export type RestoredCopy = { readonly said: string; readonly held: HeldCount } | { readonly files: readonly string[] };

/** Makes a ledger, or files, of a copy. Needs no filters, and no other setting than LEDGER_URL. Throws a StartError. */
export function restoreCopy(wish: Wish, world: World): Promise<RestoredCopy> {
  const { name, from, into } = wish;
  const read = readName(name);
  return orStartError(name, async () => {
    if (read?.item === 'ledger') {
      const url = ledgerUrl(into, world);
      return withCopy(wish, world, (file, facts) =>
        restoreInto(url, { file, name, ending: read.ending, facts }, world),
      );
    }
    if (read?.item !== 'config') throw new BackupTrouble(`is no copy; restore --from ${from} lists what there is`);
    if (into === undefined) throw new BackupTrouble('--into is missing; name the folder that its files are to lie in');
    return withCopy(wish, world, async (file) => {
      const { restoreConfig } = await import('./restore-config.ts');
      return { files: await restoreConfig(file, into) };
    });
  });
}

function ledgerUrl(into: string | undefined, world: World): string {
  const url = into ?? valueOf(givenBy(world).env, 'LEDGER_URL');
  if (url === undefined) throw new StartError(['LEDGER_URL: is not set; set it, or name the new ledger with --into']);
  if (/^(sqlite:.|postgres(ql)?:\/\/)/.test(url)) return url;
  throw new StartError(['--into: is no ledger; write sqlite:<file> or postgres://user:password@host/database']);
}

/** With the copy on this machine, as it was when it was made. */
async function withCopy<T>(
  { name, from, mayBeUnproven }: Wish,
  world: World,
  act: (file: string, facts: Facts | null) => Promise<T>,
): Promise<T> {
  const place = await placeAt(from, world.now);
  const proof = (await place.names()).includes(`${name}${PROOF}`) ? await proofAt(place, name) : null;
  if (proof === null && !mayBeUnproven) throw new BackupTrouble(UNPROVEN);
  const workshop = await place.workshop();
  try {
    const file = join(workshop.path, 'copy');
    const { sha256 } = await place.fetch(name, file);
    if (proof !== null && sha256 !== proof.sha256) throw new BackupTrouble(CHANGED);
    return await act(file, proof?.facts ?? null);
  } finally {
    await workshop.remove();
  }
}

async function restoreInto(
  url: string,
  copy: { readonly file: string; readonly name: string; readonly ending: string; readonly facts: Facts | null },
  { now }: World,
): Promise<RestoredCopy> {
  const [{ restoreLedger }, { factsSaid }] = await Promise.all([
    import('../../storage/ledger/backup/restore/index.ts'),
    import('../../storage/ledger/backup/facts.ts'),
  ]);
  const { facts, held } = await restoreLedger({ ...copy, url, now });
  return { said: factsSaid(facts), held };
}

const UNPROVEN =
  `nothing proves it (no ${PROOF} beside it): it may be half of a copy; ` + 'choose another, or add --unproven';
const CHANGED = 'it is not what it was when it was made (another SHA-256): choose another copy';

/** Where the files say that copies are. Throws a StartError where they do not. */
export function usualPlace({ env, disk }: Pick<World, 'env' | 'disk'>): string {
  const { backup } = filtersAt(filtersPath(env), disk);
  if (backup === undefined) throw new StartError(['backup: is in no filters file that can be read; name --from']);
  return backup.to;
}

/** What a restore held is told from now on, or by nobody. Throws a StartError. */
export function endHold(how: 'release' | 'drop', world: World): Promise<HeldCount> {
  return withLedger('a restore', world, async ({ program }) => program.ledger.restores![how]());
}

async function orStartError<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof StartError ? error : new StartError([`${what}: ${whyOf(error)}`]);
  }
}

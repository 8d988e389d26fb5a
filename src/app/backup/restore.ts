import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CopyProof, proofIn } from '../../core/backup/proof.ts';
import { PROOF, readName } from '../../core/backup/names.ts';
import { BackupTrouble, whyOf } from '../../core/backup/trouble.ts';
import type { BackupPlace } from '../../core/ports/backup/place.ts';
import type { HeldCount } from '../../core/ports/backup/restores.ts';
import { valueOf } from '../../config/schema.ts';
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
  /** As LEDGER_URL; undefined: that. */
  readonly into: string | undefined;
  /** Also a copy that nothing proves. */
  readonly mayBeUnproven: boolean;
}

/** What it came to. */
export interface RestoredCopy {
  readonly said: string;
  readonly held: HeldCount;
}

/** Makes a ledger of a copy. Needs no filters, and no other setting than LEDGER_URL. Throws a StartError. */
export function restoreCopy({ name, from, into, mayBeUnproven }: Wish, world: World): Promise<RestoredCopy> {
  const given = givenBy(world);
  const url = into ?? valueOf(given.env, 'LEDGER_URL');
  if (url === undefined) throw new StartError(['LEDGER_URL: is not set; set it, or name the new ledger with --into']);
  if (!/^(sqlite:.|postgres(ql)?:\/\/)/.test(url))
    throw new StartError(['--into: is no ledger; write sqlite:<file> or postgres://user:password@host/database']);
  return orStartError(name, async () => {
    const read = readName(name);
    if (read?.item !== 'ledger') throw new BackupTrouble(NO_LEDGER);
    const place = await placeAt(from, world.now);
    const proof = (await place.names()).includes(`${name}${PROOF}`) ? await proofAt(place, name) : null;
    if (proof === null && !mayBeUnproven) throw new BackupTrouble(UNPROVEN);
    const workshop = await place.workshop();
    try {
      const file = join(workshop.path, 'copy');
      const { sha256 } = await place.fetch(name, file);
      if (proof !== null && sha256 !== proof.sha256) throw new BackupTrouble(CHANGED);
      const { restoreLedger } = await import('../../storage/ledger/backup/restore/index.ts');
      const { factsSaid } = await import('../../storage/ledger/backup/facts.ts');
      const order = { file, name, ending: read.ending, facts: proof?.facts ?? null, url, now: world.now };
      const { facts, held } = await restoreLedger(order);
      return { said: factsSaid(facts), held };
    } finally {
      await workshop.remove();
    }
  });
}

const NO_LEDGER = 'is no copy of a ledger; restore without a name lists what there is. A copy of config: tar xzf';
const UNPROVEN =
  `nothing proves it (no ${PROOF} beside it): it may be half of a copy; ` + 'choose another, or add --unproven';
const CHANGED = 'it is not what it was when it was made (another SHA-256): choose another copy';

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

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BackupTrouble } from '../../../../core/backup/trouble.ts';
import type { Facts } from '../../../../core/ports/backup/item.ts';
import type { HeldCount } from '../../../../core/ports/backup/restores.ts';
import { placeFile } from '../../../../platform/place-file.ts';
import { migrate } from '../../../database/migrate.ts';
import { rowsIn } from '../copy-text.ts';
import { mustBeSame } from '../differences.ts';
import { POSTGRES_ENDING } from '../postgres/copy.ts';
import { SQLITE_ENDING, unpack } from '../sqlite/copy.ts';
import { workOnFile } from '../sqlite/work.ts';
import { checkKnown, makeTables, settleFile, withTables } from '../tables.ts';
import { holdRestored } from '../../upkeep/restores.ts';
import { versionIn } from './version.ts';

/** A copy, and where a ledger is made of it. */
export interface RestoreOrder {
  /** Path of the copy on this machine. */
  readonly file: string;
  /** Its name where it is kept. */
  readonly name: string;
  readonly ending: string;
  /** What it was found to have; null: nothing proves it. */
  readonly facts: Facts | null;
  /** As for a ledger; nothing may be there yet. */
  readonly url: string;
  now(): number;
}

/** What was restored. */
export interface Restored {
  /** What it had, before its tables were brought to this program's version. */
  readonly facts: Facts;
  readonly held: HeldCount;
}

/**
 * Makes a ledger of a copy where there is none: beside first, compared with what proves the copy, with tables as this
 * program has them. What it was about to tell is held. Rejects with what is wrong, and leaves nothing then.
 */
export async function restoreLedger(order: RestoreOrder): Promise<Restored> {
  const path = order.url.startsWith('sqlite:') ? order.url.slice('sqlite:'.length) : null;
  const workshop = await mkdtemp(join(path === null ? tmpdir() : dirname(path), '.sentry-monitor-restore-'));
  try {
    const file = join(workshop, 'restored.sqlite');
    if (path !== null) mustNotBeThere(path);
    const facts = await make(order, file);
    if (order.facts !== null) mustBeSame(facts, order.facts);
    const held = await withTables(`sqlite:${file}`, order.now, async (engine) => {
      await migrate(engine.db);
      const count = await holdRestored(engine, order.name);
      await settleFile(engine);
      return count;
    });
    if (path !== null) await placeFile(file, path);
    else await (await import('./into-postgres.ts')).loadInto(order.url, file, order.now);
    return { facts, held };
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

function mustNotBeThere(path: string): void {
  const there = ['', '-wal', '-shm', '-journal'].map((end) => path + end).find((it) => existsSync(it));
  if (there !== undefined)
    throw new BackupTrouble(
      `${there} is there: nothing is overwritten; move it away, or write another place with --into`,
    );
}

/** A file with the tables as the copy has them. */
async function make({ file: packed, ending, now }: RestoreOrder, file: string): Promise<Facts> {
  if (ending === SQLITE_ENDING) {
    await unpack(packed, file);
    const facts = await workOnFile({ kind: 'look', file });
    checkKnown(Number(facts['version']));
    return facts;
  }
  if (ending !== POSTGRES_ENDING) throw new BackupTrouble(`a copy that ends with ${ending} is none of a ledger`);
  const version = await versionIn(rowsIn(packed));
  await withTables(`sqlite:${file}`, now, (engine) => makeTables(engine, version));
  return workOnFile({ kind: 'fill', from: packed, file });
}

import { sql } from 'kysely';
import { BackupTrouble } from '../../../core/backup/trouble.ts';
import type { Log } from '../../../core/ports/scope.ts';
import { openEngine } from '../../database/database.ts';
import type { Engine } from '../../database/engine.ts';
import { migrate } from '../../database/migrate.ts';
import { MIGRATIONS } from '../../database/migrations/index.ts';
import { createWriteWatch } from '../../database/write-watch.ts';

const SILENT: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => SILENT };
const LEASE_MS = 600_000;

/** Opens tables for one piece of work, and closes them. `url` as for a ledger. */
export async function withTables<T>(url: string, now: () => number, act: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEngine(url, createWriteWatch(), { now, leaseMs: LEASE_MS, log: SILENT });
  try {
    return await act(engine);
  } finally {
    await engine.db.destroy();
  }
}

/** Makes the tables as that version has them. Throws when this program does not know it. */
export async function makeTables({ db }: Pick<Engine, 'db'>, version: number): Promise<void> {
  checkKnown(version);
  await migrate(db, MIGRATIONS.slice(0, version));
}

export function checkKnown(version: number): void {
  if (version === 0) throw new BackupTrouble('there are no tables of a ledger in the copy');
  if (version <= MIGRATIONS.length) return;
  throw new BackupTrouble(
    `the copy has tables of version ${version}, and this sentry-monitor knows ${MIGRATIONS.length}: ` +
      'restore it with the version that made the copy, or a newer one',
  );
}

/** All that was written is in the file itself, and nothing beside it. */
export async function settleFile({ db }: Pick<Engine, 'db'>): Promise<void> {
  await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
}

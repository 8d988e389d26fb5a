import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COUNTER } from '../../../src/core/ports/recounts.ts';
import { createDatabase, type Database } from '../../../src/storage/database/database.ts';
import { createLogBook } from '../build/scope.ts';
import { type Clock, createClock } from '../time/clock.ts';
import { freshDatabase } from './postgres.ts';

/** An empty database of one kind. */
export interface LedgerBox {
  readonly url: string;
  /** The ledger's own way to it. */
  readonly database: Database;
  /** Another server's way to the same one. */
  another(): Database;
  pass(ms: number): void | Promise<void>;
  now(): number | Promise<number>;
  close(): Promise<void>;
  /** The clock that the ledger is given. */
  readonly clock: Clock;
}

export async function sqliteBox(clock: Clock = createClock()): Promise<LedgerBox> {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-monitor-'));
  const url = `sqlite:${join(folder, 'ledger.db')}`;
  const opened: Database[] = [];
  const another = (): Database =>
    noted(opened, createDatabase(url, { now: clock.now, leaseMs: 30_000, log: createLogBook() }));
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((database) => database.close()));
    rmSync(folder, { recursive: true });
  };
  return { url, database: another(), another, pass: clock.advance, now: clock.now, close, clock };
}

/** Its clock is the real one: instead of waiting, rows are made older. */
export async function postgresBox(): Promise<LedgerBox> {
  const { url, query, drop } = await freshDatabase();
  const opened: Database[] = [];
  const clock = createClock();
  const another = (): Database =>
    noted(opened, createDatabase(url, { now: clock.now, leaseMs: 30_000, log: createLogBook() }));
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((database) => database.close()));
    await drop();
  };
  return {
    url,
    database: another(),
    another,
    close,
    clock,
    pass: async (ms) => {
      const lease = 'lease_until = greatest(lease_until - $1, least(lease_until, 1))';
      await query(`update sentry_monitor_claims set created_at = created_at - $1, ${lease}`, [ms]);
      await query(`update sentry_monitor_channels set last_success = last_success - $1, ${lease}`, [ms]);
    },
    now: async () =>
      Number((await query('select floor(extract(epoch from clock_timestamp()) * 1000) as now'))[0]!['now']),
  };
}

function noted(opened: Database[], database: Database): Database {
  opened.push(database);
  return database;
}

export const claimsDeps = { uuid: randomUUID, server: 'host-1', log: createLogBook() };

/** Revision and sink of what sinks were to be told and is not done, in order; who counts again is no sink. */
export async function openClaims({ database }: LedgerBox): Promise<readonly (readonly [number, string])[]> {
  const { db } = await database.ready();
  const rows = await db
    .selectFrom('sentry_monitor_claims')
    .select(['revision', 'sink'])
    .where('done', '=', 0)
    .where('sink', '!=', COUNTER)
    .orderBy('claim')
    .execute();
  return rows.map(({ revision, sink }) => [revision, sink]);
}

export const KINDS = [
  { kind: 'SQLite', open: sqliteBox },
  { kind: 'PostgreSQL', open: postgresBox },
] as const;

import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { createDatabase, type Database } from '../../../../src/storage/database/database.ts';
import { prune } from '../../../../src/storage/ledger/prune.ts';
import { createLogBook, type LogBook } from '../../../support/build/scope.ts';
import { folder } from '../../../support/process/temp-folder.ts';

const [ROWS, DAY_MS] = [6_000, 86_400_000];
/** 2026-11-20T10:00:00Z */
const NOW = Date.UTC(2026, 10, 20, 10);

describe('the room of rows that a SQLite file does not hold any more', () => {
  let files: ReturnType<typeof folder>;
  let path: string;
  let log: LogBook;
  let database: Database;
  beforeEach(() => {
    files = folder({});
    path = files.file('ledger.db');
    log = createLogBook();
    database = createDatabase(`sqlite:${path}`, { now: () => NOW, leaseMs: 30_000, log });
  });
  afterEach(async () => {
    await database.close();
    files.remove();
  });

  /** Claims of 1 kB, of which the first third is older than 30 days. */
  const fill = async (): Promise<void> => {
    const { db } = await database.ready();
    await sql`
      insert into sentry_monitor_claims
        (claim, report_id, revision, sink, created_at, token, server, lease_until, done, receipt)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.lit(ROWS)})
      select 'claim ' || i, 'report ' || i, 0, 'newrelic',
        ${sql.lit(NOW)} - case when i <= ${sql.lit(ROWS / 3)} then 31 else 1 end * ${sql.lit(DAY_MS)},
        'token', 'host-1', 0, 1, printf('%.1000c', 'x')
      from n`.execute(db);
    await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
  };
  const size = (): number => fs.statSync(path).size;
  const left = async (): Promise<number> =>
    Number(
      (
        await sql<{ count: number }>`select count(*) as count from sentry_monitor_claims`.execute(
          (await database.ready()).db,
        )
      ).rows[0]!.count,
    );

  it('is given back to the disk, in steps of 1 MB', async () => {
    await fill();
    const full = size();
    assert.ok(full > 6_000_000, `${full} bytes`);
    await prune(database, 30);
    assert.equal(size(), full, 'rows that are deleted leave room in the file');
    await (
      await database.ready()
    ).giveBack!();
    assert.ok(size() < 0.75 * full, `${size()} of ${full} bytes`);
    assert.equal(await left(), 4_000);
    assert.equal(log.lines.filter(({ text }) => text === 'ledger: room is given back').length, 1);
    await (
      await database.ready()
    ).giveBack!();
    assert.equal(log.lines.filter(({ text }) => text === 'ledger: room is given back').length, 1, 'there is no more');
  });

  it('is given back by a file that an earlier version made', async () => {
    const old = new DatabaseSync(path);
    old.exec('PRAGMA journal_mode = WAL; create table some (thing text)');
    assert.deepEqual({ ...old.prepare('PRAGMA auto_vacuum').get() }, { auto_vacuum: 0 });
    old.close();
    await fill();
    const full = size();
    await prune(database, 30);
    await (
      await database.ready()
    ).giveBack!();
    assert.ok(size() < 0.75 * full, `${size()} of ${full} bytes`);
    assert.equal(await left(), 4_000);
    const { rows } = await sql`PRAGMA auto_vacuum`.execute((await database.ready()).db);
    assert.deepEqual(rows, [{ auto_vacuum: 2 }]);
    const { rows: found } = await sql`PRAGMA integrity_check`.execute((await database.ready()).db);
    assert.deepEqual(found, [{ integrity_check: 'ok' }]);
  });
});

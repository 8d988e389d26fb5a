import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createDatabase } from '../../../../../src/storage/database/database.ts';
import { copyPostgres } from '../../../../../src/storage/ledger/backup/postgres/copy.ts';
import { restoreLedger } from '../../../../../src/storage/ledger/backup/restore/index.ts';
import { workOnFile } from '../../../../../src/storage/ledger/backup/sqlite/work.ts';
import { fill, ODD } from '../../../../support/backup/filled.ts';
import { createLogBook } from '../../../../support/build/scope.ts';
import { type LedgerBox, postgresBox } from '../../../../support/ledger/ledgers.ts';
import { freshDatabase, type TestDatabase } from '../../../../support/ledger/postgres.ts';
import { folder } from '../../../../support/process/temp-folder.ts';

describe('a copy of a ledger in PostgreSQL', () => {
  let box: LedgerBox;
  let to: ReturnType<typeof folder>;
  let other: TestDatabase;
  before(async () => {
    [box, other] = await Promise.all([postgresBox(), freshDatabase()]);
    await fill(box.database);
  });
  after(() => Promise.all([box.close(), other.drop()]));
  beforeEach(() => (to = folder({})));
  afterEach(() => to.remove());

  it('is made by our own where there is no pg_dump, of one state of the tables, and restored to either kind', async () => {
    const program = to.file('no-such-tool');
    const copy = await copyPostgres(box.url, to.path, { program, work: workOnFile, now: Date.now });
    assert.deepEqual(fs.readdirSync(to.path), ['copy.sql.gz'], 'no password stays');
    const { facts, said } = await copy.prove(copy.file, to.path);
    assert.match(
      said,
      /outbox of 2 messages and 1 tellings \(1 pending\), .*, copied without pg_dump: there is no pg_dump$/,
    );
    assert.deepEqual([facts['messages sent'], facts['rows of sentry_monitor_mutes']], [1, 1]);
    const name = 'mon-1_2026-11-20T10-00-00Z_ledger.sql.gz';
    for (const url of [`sqlite:${to.file('restored.db')}`, other.url]) {
      const order = { file: copy.file, name, ending: 'sql.gz', facts, url, now: Date.now };
      assert.deepEqual((await restoreLedger(order)).held, { messages: 1, tellings: 1 });
      const database = createDatabase(url, { now: Date.now, leaseMs: 30_000, log: createLogBook() });
      const { db } = await database.ready();
      assert.equal((await db.selectFrom('sentry_monitor_mutes').select('mute').execute())[0]!.mute, ODD);
      await database.close();
      await assert.rejects(restoreLedger(order), /nothing is overwritten/);
    }
  });

  it('rejects where the database cannot be reached', async () => {
    const url = box.url.replace(/\/[^/]+$/, '/none_of_ours');
    await assert.rejects(copyPostgres(url, to.path, { now: Date.now }), /does not exist/);
  });
});

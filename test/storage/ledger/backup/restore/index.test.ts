import assert from 'node:assert/strict';
import fs from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Facts } from '../../../../../src/core/ports/backup/item.ts';
import { createDatabase, type Database } from '../../../../../src/storage/database/database.ts';
import { MIGRATIONS } from '../../../../../src/storage/database/migrations/index.ts';
import { restoreLedger, type RestoreOrder } from '../../../../../src/storage/ledger/backup/restore/index.ts';
import { copySqlite } from '../../../../../src/storage/ledger/backup/sqlite/copy.ts';
import { workOnFile } from '../../../../../src/storage/ledger/backup/sqlite/work.ts';
import { makeTables, withTables } from '../../../../../src/storage/ledger/backup/tables.ts';
import { sqlOutbox } from '../../../../../src/storage/ledger/outbox/index.ts';
import { sqlRestores } from '../../../../../src/storage/ledger/upkeep/restores.ts';
import { fill, ODD } from '../../../../support/backup/filled.ts';
import { createLogBook } from '../../../../support/build/scope.ts';
import { claimsDeps, type LedgerBox, sqliteBox } from '../../../../support/ledger/ledgers.ts';
import { folder } from '../../../../support/process/temp-folder.ts';

describe('a restored SQLite ledger', () => {
  let box: LedgerBox;
  let to: ReturnType<typeof folder>;
  let copy: { readonly file: string; readonly facts: Facts };
  const opened: Database[] = [];
  let first: Awaited<ReturnType<typeof restoreOne>> | undefined;
  before(async () => {
    box = await sqliteBox();
    to = folder({});
    await fill(box.database);
    const made = await copySqlite(box.url.slice('sqlite:'.length), to.path, workOnFile);
    copy = { file: made.file, facts: (await made.prove(made.file, to.path)).facts };
  });
  after(async () => {
    await Promise.all(opened.map((it) => it.close()));
    to.remove();
    await box.close();
  });

  let places = 0;
  const order = (more: Partial<RestoreOrder> = {}): RestoreOrder => ({
    ...copy,
    name: 'mon-1_2026-11-20T10-00-00Z_ledger.sqlite.gz',
    ending: 'sqlite.gz',
    url: `sqlite:${to.file(`restored-${++places}.db`)}`,
    now: box.clock.now,
    ...more,
  });
  const open = (url: string): Database => {
    const database = createDatabase(url, { now: box.clock.now, leaseMs: 30_000, log: createLogBook() });
    opened.push(database);
    return database;
  };
  /** One that was restored, each time as it was then. */
  async function restored() {
    first ??= await restoreOne();
    const file = to.file(`restored-${++places}.db`);
    fs.copyFileSync(first.file, file);
    const database = open(`sqlite:${file}`);
    return { ...first, database, outbox: sqlOutbox(database, claimsDeps), restores: sqlRestores(database) };
  }
  async function restoreOne() {
    const given = order();
    return { done: await restoreLedger(given), file: given.url.slice('sqlite:'.length) };
  }
  const waiting = async (outbox: ReturnType<typeof sqlOutbox>) => {
    const { messages, tellings } = await outbox.open('crm');
    return [messages.map(({ message }) => message.id), tellings.length, await outbox.due(Infinity)];
  };

  it('has all that the copy had, and tells nothing by itself: it is held', async () => {
    const { done, database, outbox, restores } = await restored();
    assert.deepEqual(done, { facts: copy.facts, held: { messages: 1, tellings: 1 } });
    const { db } = await database.ready();
    const [mute] = await db.selectFrom('sentry_monitor_mutes').selectAll().execute();
    assert.equal(mute!.mute, ODD);
    assert.deepEqual(await waiting(outbox), [[], 0, []]);
    const all = await outbox.listed({ limit: 10 });
    assert.deepEqual(all.map(({ message, fate }) => [message.id, fate]).toSorted(), [
      ['sent', 'sent'],
      ['waits', 'held'],
    ]);
    const { tellings } = await outbox.held({ fates: ['held'], limit: 10 });
    assert.match(tellings[0]!.reason!, /^restored from mon-1_2026-11-20T10-00-00Z_ledger\.sqlite\.gz: nobody knows/);
    assert.deepEqual(await restores.mark(), {
      at: box.clock.now(),
      copy: 'mon-1_2026-11-20T10-00-00Z_ledger.sqlite.gz',
      releasedAt: null,
      isTold: false,
    });
    await restores.noteTold();
    assert.equal((await restores.mark())!.isTold, true);
  });

  it('tells what was held when a person says so, once, as what may be a repeat; what was sent is not sent', async () => {
    const { outbox, restores } = await restored();
    assert.deepEqual(await restores.release(), { messages: 1, tellings: 1 });
    const { messages, tellings } = await outbox.open('crm');
    assert.deepEqual(
      messages.map(({ message, fate, nextAt }) => [message.id, fate, message.mayRepeat, nextAt]),
      [['waits', 'pending', true, box.clock.now()]],
    );
    assert.deepEqual(
      tellings.map(({ fate, reason }) => [fate, reason]),
      [['pending', null]],
    );
    assert.equal((await restores.mark())!.releasedAt, box.clock.now());
    assert.deepEqual(await restores.release(), { messages: 0, tellings: 0 });
  });

  it('tells none of it when a person drops it', async () => {
    const { outbox, restores } = await restored();
    assert.deepEqual(await restores.drop(), { messages: 1, tellings: 1 });
    assert.deepEqual(await restores.release(), { messages: 0, tellings: 0 });
    assert.deepEqual(await waiting(outbox), [[], 0, []]);
    assert.equal((await outbox.listed({ id: 'waits', limit: 1 }))[0]!.fate, 'dropped');
  });

  it('is put where nothing is, and nothing is left where it cannot be', async () => {
    const given = order();
    for (const end of ['', '-wal']) {
      fs.writeFileSync(`${given.url.slice(7)}${end}`, 'mine');
      await assert.rejects(restoreLedger(given), /is there: nothing is overwritten; move it away/);
      assert.equal(fs.readFileSync(`${given.url.slice(7)}${end}`, 'utf8'), 'mine');
      fs.unlinkSync(`${given.url.slice(7)}${end}`);
    }
    await assert.rejects(restoreLedger(order({ url: 'sqlite:/nowhere/ledger.db' })), { code: 'ENOENT' });
    const left = fs.readdirSync(to.path).filter((name) => name.startsWith('.'));
    assert.deepEqual(left, []);
  });

  it('has what proves the copy, or there is none', async () => {
    const facts = { ...copy.facts, 'messages sent': 2 };
    await assert.rejects(restoreLedger(order({ facts })), /messages sent is 1, and was 2/);
    const { facts: found } = await restoreLedger(order({ facts: null }));
    assert.equal(found['messages sent'], 1);
    await assert.rejects(restoreLedger(order({ ending: 'tar.gz' })), /ends with tar\.gz is none of a ledger/);
  });

  it('of tables of a newer version is refused, with what to do; of an older one they are brought to ours', async () => {
    const newest = MIGRATIONS.length;
    const newer = changed(`insert into sentry_monitor_schema values (${newest + 1}, 'later', 0)`);
    await assert.rejects(restoreLedger(order({ file: newer, facts: null })), (error: Error) => {
      assert.match(
        error.message,
        new RegExp(`version ${newest + 1}, and this sentry-monitor knows ${newest}: restore`),
      );
      return true;
    });
    const older = to.file('older.sqlite');
    await withTables(`sqlite:${older}`, box.clock.now, async (engine) => {
      await makeTables(engine, 4);
      const row = { mute_id: 'm4', mute: '{}' };
      await engine.db.insertInto('sentry_monitor_mutes').values(row).execute();
    });
    fs.writeFileSync(`${older}.gz`, gzipSync(fs.readFileSync(older)));
    const given = order({ file: `${older}.gz`, facts: null });
    assert.equal((await restoreLedger(given)).facts['version'], 4);
    const { db } = await open(given.url).ready();
    assert.equal((await db.selectFrom('sentry_monitor_mutes').select('mute_id').execute())[0]!.mute_id, 'm4');
    const versions = await db.selectFrom('sentry_monitor_schema').select('version').execute();
    assert.equal(Math.max(...versions.map(({ version }) => version)), newest);
    await assert.rejects(restoreLedger(order({ file: emptied(), facts: null })), /no tables of a ledger/);
  });

  /** The copy as it would be after this statement. */
  function changed(statement: string): string {
    const file = to.file(`changed-${++places}.sqlite`);
    fs.writeFileSync(file, gunzipSync(fs.readFileSync(copy.file)));
    const database = new DatabaseSync(file);
    database.exec('PRAGMA journal_mode = DELETE');
    database.exec(statement);
    database.close();
    fs.writeFileSync(`${file}.gz`, gzipSync(fs.readFileSync(file)));
    return `${file}.gz`;
  }

  function emptied(): string {
    const file = to.file('empty.gz');
    fs.writeFileSync(file, gzipSync(''));
    return file;
  }
});

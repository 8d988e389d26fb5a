import assert from 'node:assert/strict';
import fs from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Copy } from '../../../../../src/core/ports/backup/item.ts';
import { ledgerItem } from '../../../../../src/storage/ledger/backup/item.ts';
import { copySqlite } from '../../../../../src/storage/ledger/backup/sqlite/copy.ts';
import { workOnFile } from '../../../../../src/storage/ledger/backup/sqlite/work.ts';
import { type LedgerBox, sqliteBox } from '../../../../support/ledger/ledgers.ts';
import { folder } from '../../../../support/process/temp-folder.ts';

describe('a copy of a SQLite ledger', () => {
  let box: LedgerBox;
  let to: ReturnType<typeof folder>;
  let path: string;
  before(async () => {
    box = await sqliteBox();
    path = box.url.slice('sqlite:'.length);
    const { db } = await box.database.ready();
    const mute = { mute_id: 'm1', mute: '{"why":"ünïcode"}' };
    await db.insertInto('sentry_monitor_mutes').values(mute).execute();
  });
  after(() => box.close());
  beforeEach(() => (to = folder({})));
  afterEach(() => to.remove());
  const copied = (): Promise<Copy> => copySqlite(path, to.path, workOnFile);

  it('is restored beside, and compared: rows, outbox, rule states, sequence', async () => {
    const copy = await copied();
    assert.deepEqual([copy.ending, fs.statSync(copy.file).mode & 0o777], ['sqlite.gz', 0o600]);
    const { facts, said } = await copy.prove(copy.file, to.path);
    assert.deepEqual(
      [facts['rows of sentry_monitor_mutes'], facts['rows of sentry_monitor_claims'], facts['sequence of events']],
      [1, 0, 0],
    );
    assert.match(said, /^schema \d+, \d+ rows in \d+ tables, outbox of 0 messages and 0 tellings \(0 pending\), rule/);
    const { db } = await box.database.ready();
    await db.updateTable('sentry_monitor_mutes').set({ mute: '{"why":"other"}' }).execute();
    const later = await copySqlite(path, fs.mkdtempSync(`${to.path}/`), workOnFile);
    const other = await later.prove(later.file, fs.mkdtempSync(`${to.path}/`));
    const changed = Object.keys(facts).filter((name) => facts[name] !== other.facts[name]);
    assert.deepEqual(changed, ['contents of sentry_monitor_mutes']);
  });

  it('is made in a thread of its own, while the ledger is in use', async () => {
    const copy = await ledgerItem(box.url, Date.now).copy(to.path);
    await copy.prove(copy.file, to.path);
    await assert.rejects(
      ledgerItem('sqlite:/nowhere/ledger.db', Date.now).copy(to.file('x')),
      /unable to open database file/,
    );
  });

  const damages: readonly (readonly [string, (packed: Buffer) => Buffer, RegExp])[] = [
    ['in which a byte is another', (packed) => flipped(packed, packed.length >> 1), /Trouble: the copy is damaged: /],
    ['that was cut off', (packed) => packed.subarray(0, packed.length - 40), /damaged: unexpected end of file/],
    ['that is empty', () => gzipSync(''), /the copy is not what the ledger is: version is 0, and was/],
    [
      'that lost a row',
      (packed) => without(packed, 'delete from sentry_monitor_mutes'),
      /rows of sentry_monitor_mutes is/,
    ],
    ['without a table', (packed) => without(packed, 'drop table sentry_monitor_mutes'), /mutes is missing, and was/],
    ['whose pages are damaged', (packed) => gzipSync(flipped(gunzipSync(packed), 4096, 60)), /damaged|malformed/],
  ];
  for (const [what, damage, said] of damages)
    it(`${what} is none`, async () => {
      const copy = await copied();
      fs.writeFileSync(copy.file, damage(fs.readFileSync(copy.file)));
      await assert.rejects(copy.prove(copy.file, to.path), said);
    });

  it('needs room: what the disk says is said', async () => {
    const copy = await copied();
    fs.writeFileSync(to.file('scratch.sqlite'), '');
    await assert.rejects(copy.prove(copy.file, to.path), { code: 'EEXIST' });
  });

  /** A file as it would be after this statement. */
  function without(packed: Buffer, statement: string): Buffer {
    const file = to.file('changed.sqlite');
    fs.writeFileSync(file, gunzipSync(packed));
    const opened = new DatabaseSync(file);
    opened.exec('PRAGMA journal_mode = DELETE');
    opened.exec(statement);
    opened.close();
    return gzipSync(fs.readFileSync(file));
  }
});

function flipped(bytes: Buffer, at: number, count = 1): Buffer {
  const changed = Buffer.from(bytes);
  for (let index = at; index < at + count; index++) changed[index] = changed[index]! ^ 0x55;
  return changed;
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sqlEraser } from '../../../../src/storage/ledger/erasing/index.ts';
import { markEverywhere, textsWith } from '../../../support/erasing/marked-rows.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const DEPS = { uuid: () => '0a1b2c3d-0000', sleep: async () => undefined };

/** A name with all that is escaped somewhere, and the words that it is in lists of words. */
const [NAME, WORDS] = ['Dwayne "Rök" O\\Neil@example.com', 'Dwayne Rök O Neil example com'];

for (const { kind, open } of KINDS)
  describe(`every text of a ledger in ${kind}`, () => {
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());

    it('does not hold a name any more once that is erased', async () => {
      const engine = await box.database.ready();
      assert.equal(await markEverywhere(engine, NAME, WORDS), 48);
      const eraser = sqlEraser(box.database, DEPS);
      const names = [NAME];
      const dry = await eraser.erase({ names, isDry: true });
      assert.equal(dry.rows.length, 26);
      assert.equal((await textsWith(engine, 'neil')).length, 48);
      const erased = await eraser.erase({ names, isDry: false });
      assert.deepEqual(erased, { ...dry, left: [], trace: null });
      for (const word of ['dwayne', 'rök', 'neil']) assert.deepEqual(await textsWith(engine, word), []);
      assert.deepEqual((await eraser.erase({ names, isDry: false })).rows, []);
    });
  });

describe('the file of a ledger', () => {
  const NAME_IN_FILE = 'marta.quill@example.com';
  let box: LedgerBox;
  beforeEach(async () => (box = await KINDS[0].open()));
  afterEach(() => box.close());
  const bytes = (): string => {
    const path = box.url.replace('sqlite:', '');
    return `${readFileSync(path, 'latin1')}${readFileSync(`${path}-wal`, 'latin1')}`;
  };
  const erase = (more: object = {}) =>
    sqlEraser(box.database, DEPS).erase({ names: [NAME_IN_FILE], isDry: false, ...more });

  it('holds no byte of a name that is erased', async () => {
    await markEverywhere(await box.database.ready(), NAME_IN_FILE, 'marta quill example com');
    assert.match(bytes(), /marta\.quill/);
    await erase();
    assert.doesNotMatch(bytes(), /marta/i);
  });

  it('holds none of what was deleted or overwritten before, of whatever size', async () => {
    const { db } = await box.database.ready();
    const put = (mute_id: string, size: number) =>
      db.insertInto('sentry_monitor_mutes').values({ mute_id, mute: `${NAME_IN_FILE} `.repeat(size) });
    for (const [n, size] of [1, 3, 40, 400, 4_000].entries()) await put(`m${n}`, size).execute();
    await db.updateTable('sentry_monitor_mutes').set({ mute: '{}' }).where('mute_id', '<', 'm3').execute();
    await db.deleteFrom('sentry_monitor_mutes').where('mute_id', '>=', 'm3').execute();
    assert.deepEqual((await erase()).rows, []);
    assert.doesNotMatch(bytes(), /marta/i);
    assert.equal((await erase({ isRewritten: true })).trace, null);
  });

  it('is not settled while another program reads it, which is said', async () => {
    await markEverywhere(await box.database.ready(), NAME_IN_FILE, 'marta quill example com');
    const reader = new DatabaseSync(box.url.replace('sqlite:', ''));
    reader.exec('BEGIN');
    reader.prepare('select count(*) from sentry_monitor_mutes').get();
    assert.equal((await erase()).trace, 'another process reads the ledger');
    reader.close();
    assert.equal((await erase()).trace, null);
    assert.doesNotMatch(bytes(), /marta/i);
  });
});

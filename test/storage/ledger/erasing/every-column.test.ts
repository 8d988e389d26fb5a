import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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
  it('holds no byte of a name that is erased', async () => {
    const box = await KINDS[0].open();
    try {
      const engine = await box.database.ready();
      await markEverywhere(engine, 'marta.quill@example.com', 'marta quill example com');
      const path = box.url.replace('sqlite:', '');
      const bytes = (): string => `${readFileSync(path, 'latin1')}${readFileSync(`${path}-wal`, 'latin1')}`;
      assert.match(bytes(), /marta\.quill/);
      await sqlEraser(box.database, DEPS).erase({ names: ['marta.quill@example.com'], isDry: false });
      assert.doesNotMatch(bytes(), /marta/i);
    } finally {
      await box.close();
    }
  });
});

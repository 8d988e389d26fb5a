import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { changeRows, type RowChange } from '../../../../src/storage/ledger/erasing/change.ts';
import { type Place, PLACES } from '../../../../src/storage/ledger/erasing/places.ts';
import { sqlEraser } from '../../../../src/storage/ledger/erasing/index.ts';
import { type LedgerBox, sqliteBox } from '../../../support/ledger/ledgers.ts';

const TABLE = 'sentry_monitor_mutes';
const DEPS = { uuid: () => 'u', sleep: async () => undefined };
const PLACE: Place = PLACES[TABLE];

describe('rows that are changed', () => {
  let box: LedgerBox;
  beforeEach(async () => (box = await sqliteBox()));
  afterEach(() => box.close());
  const put = async (...mutes: readonly string[]) => {
    const { db } = await box.database.ready();
    const rows = mutes.map((mute, n) => ({ mute_id: `m${String(n).padStart(5, '0')}`, mute }));
    await db.insertInto(TABLE).values(rows).execute();
  };
  const all = async () => {
    const { db } = await box.database.ready();
    return (await db.selectFrom(TABLE).select('mute').orderBy('mute_id').execute()).map(({ mute }) => mute);
  };

  it('are those that are still as they were read', async () => {
    await put('a', 'b', 'c');
    const change = (n: number, before: string, after: string | null): RowChange => {
      return { key: [`m0000${n}`], before: { mute: before }, after: after === null ? null : { mute: after } };
    };
    const changes = [change(0, 'a', 'x'), change(1, 'other', 'x'), change(2, 'c', null)];
    assert.equal(await changeRows(await box.database.ready(), TABLE, PLACE, changes), 2);
    assert.deepEqual(await all(), ['x', 'b']);
  });

  it('are told to be written again where they are', async () => {
    await put('kim@example.com');
    const { db } = await box.database.ready();
    await sql`create trigger again after update on sentry_monitor_mutes when new.mute not like '%kim%'
      begin update sentry_monitor_mutes set mute = 'kim@example.com'; end`.execute(db);
    const erased = await sqlEraser(box.database, DEPS).erase({ names: ['kim@example.com'], isDry: false });
    assert.equal(erased.trace, 'servers write it again while it is erased; run it once more');
    assert.deepEqual(erased.rows, [{ table: 'mutes', rows: 5 }]);
  });

  it('are all, over as many steps as it takes, and few in a transaction', async () => {
    const texts = Array.from({ length: 553 }, (_, n) => `{"why":"kim@example.com","n":${n}}`);
    for (let n = 0; n < texts.length; n += 400) {
      const { db } = await box.database.ready();
      const rows = texts
        .slice(n, n + 400)
        .map((mute, at) => ({ mute_id: `m${String(n + at).padStart(5, '0')}`, mute }));
      await db.insertInto(TABLE).values(rows).execute();
    }
    const erased = await sqlEraser(box.database, DEPS).erase({ names: ['kim@example.com'], isDry: false });
    assert.deepEqual(erased.rows, [{ table: 'mutes', rows: 553 }]);
    assert.deepEqual(
      await all(),
      texts.map((_, n) => `{"why":"[erased]","n":${n}}`),
    );
  });
});

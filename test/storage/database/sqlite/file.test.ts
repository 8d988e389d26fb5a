import assert from 'node:assert/strict';
import { sqliteFile } from '../../../../src/storage/database/sqlite/file.ts';
import type { Ask, Kind } from '../../../../src/storage/database/sqlite/protocol.ts';
import { rowsIn, type Value } from '../../../../src/storage/database/table.ts';

const ask = (kind: Kind, text = '', ...values: readonly Value[]): Ask => ({ id: 1, session: 1, kind, text, values });

describe('a file of SQLite', () => {
  const opened = () => {
    const file = sqliteFile();
    file.work(ask('open', ':memory:'));
    const rows = (text: string, ...values: readonly Value[]) =>
      rowsIn(file.work(ask('statement', text, ...values)).table);
    return { file, rows };
  };

  it('says how many rows a statement changed, and null of one that reads', () => {
    const { file, rows } = opened();
    assert.equal(file.work(ask('statement', 'create table t (a, b)')).changes, 0);
    assert.equal(file.work(ask('statement', 'insert into t values (?, ?), (2, null)', 1, 'x')).changes, 2);
    assert.equal(file.changed(), 2);
    assert.equal(file.work(ask('statement', 'select * from t')).changes, null);
    assert.deepEqual(rows('select a, b from t where a >= ? order by a', 1), [
      { a: 1, b: 'x' },
      { a: 2, b: null },
    ]);
    assert.deepEqual(rows('pragma incremental_vacuum'), []);
  });

  it('keeps what was committed, and nothing that was rolled back', () => {
    const { file, rows } = opened();
    file.work(ask('statement', 'create table t (a)'));
    for (const [a, end] of [
      [1, 'commit'],
      [2, 'rollback'],
    ] as const) {
      file.work(ask('begin'));
      file.work(ask('statement', 'insert into t values (?)', a));
      file.work(ask(end));
    }
    file.work(ask('rollback'));
    assert.deepEqual(rows('select a from t'), [{ a: 1 }]);
  });

  it('has a mark that is set and read', () => {
    const { file } = opened();
    assert.equal(file.readMark(), 0);
    file.setMark(7);
    assert.equal(file.readMark(), 7);
  });

  it('has no path before it is opened, in memory, and when it is closed', () => {
    const file = sqliteFile();
    assert.equal(file.path(), null);
    file.work(ask('open', ':memory:'));
    assert.equal(file.path(), null);
    file.work(ask('open', ':memory:'));
    file.work(ask('close'));
    file.work(ask('close'));
    assert.equal(file.path(), null);
  });

  it('that is none of SQLite is not opened', () => {
    assert.throws(() => sqliteFile().work(ask('open', import.meta.filename)), { message: 'file is not a database' });
  });
});

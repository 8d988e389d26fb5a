import assert from 'node:assert/strict';
import type { SqliteFile } from '../../../../src/storage/database/sqlite/file.ts';
import { createWatch } from '../../../../src/storage/database/sqlite/watch.ts';

/** A file and its disk; what stands in it is changed by hand. */
function stage() {
  const there = { path: '/db' as string | null, ino: 1, exists: true, head: 100, changed: 0, mark: 0 };
  const state = { isTaken: false, isLocked: false, opened: 0 };
  const file: SqliteFile = {
    work: () => assert.fail('nothing is asked'),
    path: () => there.path,
    changed: () => there.changed,
    readMark: () => there.mark,
    setMark: (mark) => {
      if (state.isLocked) throw new Error('database is locked');
      there.mark = mark;
    },
  };
  let opened = 1;
  const look = createWatch(
    file,
    { isTaken: () => state.isTaken },
    {
      statSync: () => (there.exists ? { dev: 1, ino: there.ino } : undefined),
      openSync: () => ((opened = there.ino), ++state.opened),
      fstatSync: () => ({ dev: 1, ino: opened }),
      readSync: (_fd, into) => {
        new DataView(into.buffer).setInt32(60, there.mark);
        return there.head;
      },
    },
  );
  return { there, state, look };
}

describe('the watch over a file of SQLite', () => {
  it('says nothing of a file in memory, or of one that is as it was', () => {
    const { there, state, look } = stage();
    there.path = null;
    assert.equal(look(), null);
    assert.equal(state.opened, 0);
    there.path = '/db';
    assert.deepEqual([look(), look(), state.opened], [null, null, 1]);
  });

  it('says that it was deleted, or replaced', () => {
    const { there, look } = stage();
    look();
    there.exists = false;
    assert.equal(look(), 'was deleted');
    [there.exists, there.ino] = [true, 2];
    assert.equal(look(), 'was replaced by another file');
  });

  it('raises the mark after writes, but not within a transaction, and later where the file is locked', () => {
    const { there, state, look } = stage();
    const marks = [there.mark];
    const step = (): void => {
      assert.equal(look(), null);
      marks.push(there.mark);
    };
    there.changed = 3;
    state.isTaken = true;
    step();
    state.isTaken = false;
    state.isLocked = true;
    step();
    state.isLocked = false;
    step();
    step();
    there.changed = 4;
    step();
    assert.deepEqual(marks, [0, 0, 0, 1, 1, 2]);
  });

  it('notices an older copy by its mark, and a file that is none any more by its length', () => {
    const { there, look } = stage();
    there.changed = 1;
    look();
    there.mark = 0;
    assert.equal(look(), 'was overwritten by an older copy');
    [there.mark, there.head] = [1, 0];
    assert.equal(look(), 'was overwritten by an older copy');
  });
});

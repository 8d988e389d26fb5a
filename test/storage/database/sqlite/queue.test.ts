import assert from 'node:assert/strict';
import { type Ask, isBusy, type Kind, refusalOf, type Said } from '../../../../src/storage/database/sqlite/protocol.ts';
import { BUSY_MS, createQueue } from '../../../../src/storage/database/sqlite/queue.ts';
import { NO_ROWS } from '../../../../src/storage/database/table.ts';

const BUSY = Object.assign(new Error('database is locked'), { errcode: 5 });

/** A queue whose work goes wrong as `faults` says, by the text of what is asked. */
function stage() {
  const faults = new Map<string, Error>();
  const done: string[] = [];
  const said: Said[] = [];
  const timers: (() => void)[] = [];
  const time = { now: 0 };
  let id = 0;
  const queue = createQueue(
    ({ text }) => {
      const fault = faults.get(text);
      if (fault !== undefined) throw fault;
      done.push(text);
      return { table: NO_ROWS, changes: 1 };
    },
    { now: () => time.now, later: (ms, what) => void timers.push(() => ((time.now += ms), what())) },
  );
  const add = (session: number, text: string, kind: Kind = 'statement'): void => {
    const ask: Ask = { id: ++id, session, kind, text, values: [] };
    queue.add(ask, (it) => said.push(it));
  };
  const tick = (): void => timers.splice(0).forEach((timer) => timer());
  return { queue, faults, done, said, timers, time, add, tick };
}

describe('the queue of a file of SQLite', () => {
  it('works off what is asked in its order, and answers each', () => {
    const { add, done, said, timers } = stage();
    add(1, 'a');
    add(2, 'b');
    assert.deepEqual(done, ['a', 'b']);
    assert.deepEqual(said, [
      { id: 1, table: NO_ROWS, changes: 1 },
      { id: 2, table: NO_ROWS, changes: 1 },
    ]);
    assert.equal(timers.length, 0);
  });

  it('lets all others wait while a transaction is open, until it is committed or rolled back', () => {
    const { add, done, queue } = stage();
    for (const end of ['commit', 'rollback'] as const) {
      add(1, `begin before ${end}`, 'begin');
      assert.ok(queue.isTaken());
      add(2, `other after ${end}`);
      add(1, `own before ${end}`);
      add(1, end, end);
      assert.ok(!queue.isTaken());
    }
    assert.deepEqual(done, [
      ...['begin before commit', 'own before commit', 'commit', 'other after commit'],
      ...['begin before rollback', 'own before rollback', 'rollback', 'other after rollback'],
    ]);
  });

  it('keeps a transaction open that could not be committed, and opens none that could not begin', () => {
    const { add, faults, queue, said } = stage();
    faults.set('begin', new Error('no room'));
    add(1, 'begin', 'begin');
    assert.ok(!queue.isTaken());
    faults.clear();
    add(1, 'begin', 'begin');
    faults.set('commit', new Error('no room'));
    add(1, 'commit', 'commit');
    assert.ok(queue.isTaken());
    assert.deepEqual(said.at(-1), { id: 3, refusal: { message: 'no room', errcode: undefined } });
  });

  it('tries again while another process has a lock, and holds up nobody meanwhile', () => {
    const { add, faults, done, tick, said, timers } = stage();
    faults.set('write', BUSY);
    add(1, 'write');
    add(2, 'read');
    assert.deepEqual([done, timers.length], [['read'], 1]);
    tick();
    assert.deepEqual([said.length, timers.length], [1, 1]);
    faults.clear();
    tick();
    assert.deepEqual([done, timers.length], [['read', 'write'], 0]);
  });

  it('gives up when the lock stands too long', () => {
    const { add, faults, time, tick, said } = stage();
    faults.set('write', BUSY);
    add(1, 'write');
    time.now = BUSY_MS - 21;
    tick();
    assert.deepEqual(said, []);
    tick();
    assert.deepEqual(said, [{ id: 1, refusal: { message: 'database is locked', errcode: 5 } }]);
  });
});

describe('a refusal of SQLite', () => {
  it('is of a lock by the last byte of its code, and of an error that is none of its own never', () => {
    assert.deepEqual(
      [5, 6, 5 + 256, 13, undefined].map((errcode) => isBusy({ message: 'x', errcode })),
      [true, true, true, false, false],
    );
    assert.deepEqual(refusalOf(Object.assign(new Error('x'), { errcode: 'none' })), {
      message: 'x',
      errcode: undefined,
    });
  });
});

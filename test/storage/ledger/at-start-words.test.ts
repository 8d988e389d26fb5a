import assert from 'node:assert/strict';
import { LedgerRefused, LedgerTrouble } from '../../../src/core/model/errors.ts';
import type { Database } from '../../../src/storage/database/database.ts';
import { addressOf, openAtStart } from '../../../src/storage/ledger/at-start.ts';
import { sqlEvents } from '../../../src/storage/ledger/events/index.ts';
import { createLogBook } from '../../support/build/scope.ts';

describe('what a ledger that is not there says at the start', () => {
  const URL = 'postgres://ann:s3cret@db.example.com/acme';
  const open = async (error: Error) => {
    const log = createLogBook();
    await openAtStart({ prove: async () => Promise.reject(error) } as unknown as Database, URL, log);
    return log.lines.map(({ text, fields }) => [text, fields]);
  };

  it('names it without its password, and waits for what may come back', async () => {
    const line = ['ledger cannot be reached', { ledger: 'db.example.com:5432/acme', error: 'away' }];
    assert.deepEqual(await open(new LedgerTrouble('away')), [line]);
    assert.equal((await open(new Error('odd'))).length, 1);
    assert.deepEqual([addressOf('sqlite:./a.db'), addressOf('postgres://h:6000/x')], ['./a.db', 'h:6000/x']);
  });

  it('ends it with what somebody must mend', async () => {
    await assert.rejects(open(new LedgerTrouble('no room', 'make room')), {
      message: 'LEDGER_URL: db.example.com:5432/acme: no room; make room',
    });
    await assert.rejects(open(new LedgerRefused('is newer')), {
      message: 'LEDGER_URL: db.example.com:5432/acme: is newer',
    });
  });
});

describe('events in tables', () => {
  it('are not asked for of no project', async () => {
    const events = sqlEvents({ ready: () => assert.fail('asked') } as unknown as Database);
    const span = { start: 0, end: 1 };
    const wish = { projects: [], environments: [], levels: [] };
    assert.equal(await events.room(), null);
    assert.deepEqual(
      [await events.cursors([]), (await events.reached([])).size, await events.days(wish, ['a'], span)],
      [[], 0, []],
    );
    assert.deepEqual(await events.alike([], { project: 'p', issueId: 'a' }, 5), { issues: [], isMore: false });
    assert.deepEqual([await events.held([], span), await events.timings([], span)], [0, []]);
    assert.deepEqual([await events.locate([], 'e'), await events.series(wish, span, 1)], [null, []]);
  });
});

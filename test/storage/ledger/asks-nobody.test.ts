import assert from 'node:assert/strict';
import type { Database } from '../../../src/storage/database/database.ts';
import { sqlRecounts } from '../../../src/storage/ledger/recounts.ts';
import { sqlTickets } from '../../../src/storage/ledger/tickets/index.ts';

describe('a ledger that is asked for nothing', () => {
  const database = { ready: () => assert.fail('asked') } as unknown as Database;

  it('asks no database about counts', async () => {
    const recounts = sqlRecounts(database);
    const ask = { filters: [], revision: 1, from: 0, to: 1, most: 5, isFreshAfterMs: 0 } as never;
    assert.deepEqual(
      [await recounts.due(ask), (await recounts.look([])).size, await recounts.note([]), await recounts.open([], 0)],
      [[], 0, undefined, []],
    );
    assert.deepEqual(await recounts.shares([], 0), []);
  });

  it('asks no database about tickets', async () => {
    const tickets = sqlTickets(database, () => 'u');
    assert.deepEqual([(await tickets.linked([])).size, await tickets.withOpening([])], [0, []]);
  });
});

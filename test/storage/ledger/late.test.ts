import assert from 'node:assert/strict';
import type { Recounted } from '../../../src/core/ports/recounts.ts';
import { sqlHistory } from '../../../src/storage/ledger/history.ts';
import { sqlReadModel } from '../../../src/storage/ledger/views/read-model.ts';
import { sqlRecounts } from '../../../src/storage/ledger/recounts.ts';
import { filterOf, reportOf, START } from '../../support/build/reports.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../support/ledger/ledgers.ts';

const FIVE = 300_000;

for (const { kind, open } of KINDS) {
  describe(`what came late, in ${kind}`, () => {
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());

    it('is told of windows whose count changed, as it was noted last, and of those that cannot be compared', async () => {
      const windowOf = (step: number) => ({ start: START + step * FIVE, end: START + (step + 1) * FIVE });
      const noted = (step: number, revision: number, events: Recounted['events'], filter = 'a'): Recounted => ({
        reportId: `${filter}@${new Date(START + step * FIVE).toISOString()}`,
        filter,
        window: windowOf(step),
        revision,
        events,
      });
      const kept = (step: number, revision: number) =>
        reportOf({
          id: `a@${new Date(START + step * FIVE).toISOString()}`,
          filter: filterOf({ name: 'a' }),
          window: windowOf(step),
          revision,
        });
      await sqlHistory(box.database, claimsDeps).put([kept(3, 0), kept(3, 1), kept(4, 0)]);
      await sqlRecounts(box.database).note([
        noted(0, 1, { first: 5, now: 5 }),
        noted(1, 1, { first: 5, now: 7 }),
        noted(1, 2, { first: 5, now: 9 }),
        noted(2, 1, { first: 5, now: 3 }),
        noted(3, 1, null),
        noted(4, 1, null),
        noted(9, 1, { first: 5, now: 6 }),
        noted(1, 1, { first: 1, now: 2 }, 'b'),
      ]);
      assert.deepEqual(await sqlReadModel(box.database).late('a', { start: START, end: START + 5 * FIVE }), [
        { start: START + FIVE, first: 5, events: 9 },
        { start: START + 2 * FIVE, first: 5, events: 3 },
        { start: START + 3 * FIVE, first: null, events: null },
      ]);
    });
  });
}

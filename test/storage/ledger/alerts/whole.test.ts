import assert from 'node:assert/strict';
import fc from 'fast-check';
import { emptyAlerts } from '../../../support/alerting/tables.ts';
import { type WholeHistory, wholeHistory } from '../../../support/alerting/whole/history.ts';
import { eachInOneMessage, endsAfterBegins, nothingTwice } from '../../../support/alerting/whole/judge.ts';
import { placeIn } from '../../../support/alerting/whole/in-ledger.ts';
import { heardBy, inMemory, play } from '../../../support/alerting/whole/play.ts';
import { runs } from '../../../support/build/runs.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

/** NOTE: PostgreSQL's clock is the real one, and by it all of a history was long ago: no message is of its last day. */
function playable(kind: string): fc.Arbitrary<WholeHistory> {
  const all = wholeHistory(false);
  if (kind === 'SQLite') return all;
  return all.map((it) => ({ ...it, policies: it.policies.map((policy) => ({ ...policy, budget: null })) }));
}

for (const { kind, open } of KINDS) {
  describe(`deciding and telling in ${kind}`, () => {
    let box: LedgerBox;
    before(async () => {
      box = await open();
    });
    after(() => box.close());

    it('people get what they get of a memory, for any history', () =>
      fc.assert(
        fc.asyncProperty(playable(kind), async (history) => {
          await emptyAlerts(box.database);
          const played = await play(history, placeIn(box));
          eachInOneMessage(played);
          nothingTwice(played);
          endsAfterBegins(played);
          const wanted = await play(history, inMemory());
          for (const channel of ['crm', 'boss']) assert.deepEqual(heardBy(channel, played), heardBy(channel, wanted));
        }),
        { numRuns: runs(10), endOnFailure: true },
      ));
  });
}

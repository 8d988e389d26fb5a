import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sqlAlerts } from '../../../../src/storage/ledger/alerts/index.ts';
import { sqlHistory } from '../../../../src/storage/ledger/history.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import { emptyAlerts } from '../../../support/alerting/tables.ts';
import { type WholeHistory, wholeHistory } from '../../../support/alerting/whole/history.ts';
import { eachInOneMessage, endsAfterBegins, nothingTwice } from '../../../support/alerting/whole/judge.ts';
import { inMemory, type Place, play, type Played } from '../../../support/alerting/whole/play.ts';
import { runs } from '../../../support/build/runs.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

/** NOTE: PostgreSQL's clock is the real one, and by it all of a history was long ago: no message is of its last day. */
function playable(kind: string): fc.Arbitrary<WholeHistory> {
  const all = wholeHistory(false);
  if (kind === 'SQLite') return all;
  return all.map((it) => ({ ...it, policies: it.policies.map((policy) => ({ ...policy, budget: null })) }));
}

function placeIn({ database, clock }: LedgerBox): Place {
  return {
    alerts: sqlAlerts(database),
    outbox: sqlOutbox(database, claimsDeps),
    keep: (reports) => sqlHistory(database, claimsDeps).put(reports),
    moveTo: (at) => clock.advance(at - clock.now()),
  };
}

/** Messages without their ids: channels are worked off side by side. */
function heardBy(name: string, { heard }: Played): unknown {
  const own = heard.filter(({ channel }) => channel === name).map(({ at, message }) => ({ at, ...message, id: '' }));
  return JSON.parse(JSON.stringify(own));
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

import fc from 'fast-check';
import { sqlAlerts } from '../../../../src/storage/ledger/alerts/index.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import { channelHistory } from '../../../support/alerting/histories.ts';
import { holds, play } from '../../../support/alerting/play-history.ts';
import { emptyAlerts } from '../../../support/alerting/tables.ts';
import { claimsDeps, type LedgerBox, sqliteBox } from '../../../support/ledger/ledgers.ts';
import { createClock } from '../../../support/time/clock.ts';

describe('histories of a channel, in SQLite', () => {
  let now = 0;
  let box: LedgerBox;
  before(async () => {
    box = await sqliteBox({ ...createClock(), now: () => now });
  });
  after(() => box.close());

  for (const isSafe of [true, false]) {
    it(`are those in memory, where the vendor ${isSafe ? 'knows' : 'does not know'} repeats`, () =>
      fc.assert(
        fc.asyncProperty(channelHistory, async (history) => {
          await emptyAlerts(box.database);
          const memory = {
            alerts: sqlAlerts(box.database),
            outbox: sqlOutbox(box.database, claimsDeps),
            set: (at: number) => void (now = at),
          };
          holds(history, await play(history, isSafe, memory), isSafe);
        }),
        { numRuns: 12 },
      ));
  }
});

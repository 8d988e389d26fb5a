import { sqlAlerts } from '../../../../src/storage/ledger/alerts/index.ts';
import { rollUp } from '../../../../src/storage/ledger/alerts/roll-up.ts';
import { sqlHistory } from '../../../../src/storage/ledger/history.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import type { Database } from '../../../../src/storage/database/database.ts';
import { alertsContract } from '../../../contract/alerting/index.ts';
import type { AlertStage } from '../../../support/alerting/stage.ts';
import { emptyAlerts } from '../../../support/alerting/tables.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

function stageIn(box: LedgerBox): AlertStage {
  const at = (database: Database) => ({ alerts: sqlAlerts(database), outbox: sqlOutbox(database, claimsDeps) });
  const other = box.another();
  return {
    ...at(box.database),
    another: () => at(other),
    keep: (reports) => sqlHistory(box.database, claimsDeps).put(reports),
    tidy: async () => {
      while (await rollUp(await box.database.ready()));
    },
    pass: box.pass,
    now: box.now,
  };
}

/** One database for all tests of a kind: each begins with empty tables. */
for (const { kind, open } of KINDS) {
  describe(`alerts in ${kind}`, () => {
    let box: LedgerBox;
    let stage: AlertStage;
    before(async () => {
      box = await open();
      stage = stageIn(box);
    });
    beforeEach(() => emptyAlerts(box.database));
    after(() => box.close());

    alertsContract(() => stage);
  });
}

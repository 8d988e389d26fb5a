import { sqlBacklog } from '../../../src/storage/ledger/backlog.ts';
import { sqlClaims } from '../../../src/storage/ledger/claims.ts';
import { sqlHistory } from '../../../src/storage/ledger/history.ts';
import { keepReports } from '../../../src/storage/ledger/keep-reports.ts';
import { sqlReadModel } from '../../../src/storage/ledger/views/read-model.ts';
import { backlogContract } from '../../contract/backlog.ts';
import { claimsContract } from '../../contract/claims.ts';
import { historyContract } from '../../contract/history.ts';
import { viewsContract } from '../../contract/views.ts';
import { reportOf } from '../../support/build/reports.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../support/ledger/ledgers.ts';

for (const { kind, open } of KINDS) {
  describe(`a ledger in ${kind}`, () => {
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());

    claimsContract({ create: () => ({ claims: sqlClaims(box.database, claimsDeps), pass: box.pass }) });
    backlogContract({
      create: () => ({
        claims: sqlClaims(box.database, claimsDeps),
        pass: box.pass,
        backlog: sqlBacklog(box.database),
        keep: async (key) => {
          const [claimed] = await sqlClaims(box.database, claimsDeps).claim([key], 1);
          await keepReports(
            await box.database.ready(),
            [
              {
                report: reportOf({ id: key.reportId }),
                parcels: [
                  { key, token: claimed?.status === 'ours' ? claimed.token : '', items: [{ key: 'k', body: {} }] },
                ],
              },
            ],
            'host-1',
          );
          await box.pass(1);
        },
      }),
    });
    historyContract({ create: () => sqlHistory(box.database, claimsDeps) });
    viewsContract({
      create: () => ({
        readModel: sqlReadModel(box.database),
        history: sqlHistory(box.database, claimsDeps),
        claims: sqlClaims(box.database, claimsDeps),
        now: box.now,
        pass: box.pass,
      }),
    });
  });
}

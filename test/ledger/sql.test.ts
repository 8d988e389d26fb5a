import { sqlClaims } from '../../src/ledger/sql/claims.ts';
import { sqlHistory } from '../../src/ledger/sql/history.ts';
import { sqlViews } from '../../src/ledger/sql/views.ts';
import { claimsContract } from '../contract/claims.ts';
import { historyContract } from '../contract/history.ts';
import { viewsContract } from '../contract/views.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../support/ledgers.ts';

for (const { kind, open } of KINDS) {
  describe(`a ledger in ${kind}`, () => {
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());

    claimsContract({ create: () => ({ claims: sqlClaims(box.database, claimsDeps), pass: box.pass, now: box.now }) });
    historyContract({ create: () => sqlHistory(box.database, claimsDeps) });
    viewsContract({ create: () => ({ views: sqlViews(box.database), history: sqlHistory(box.database, claimsDeps), claims: sqlClaims(box.database, claimsDeps), now: box.now, pass: box.pass }) });
  });
}

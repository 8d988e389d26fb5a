import { sqlAlerts } from '../../../../src/storage/ledger/alerts/index.ts';
import { sqlHistory } from '../../../../src/storage/ledger/history.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import type { Database } from '../../../../src/storage/database/database.ts';
import { claimsDeps, type LedgerBox } from '../../ledger/ledgers.ts';
import type { Place } from './play.ts';

/** A ledger as a place for histories, by one of the ways to it. The clock is the test's, also PostgreSQL's. */
export function placeIn({ database, clock }: Pick<LedgerBox, 'clock'> & { readonly database: Database }): Place {
  return {
    alerts: sqlAlerts(database),
    outbox: { ...sqlOutbox(database, claimsDeps), now: async () => clock.now() },
    keep: (reports) => sqlHistory(database, claimsDeps).put(reports),
    moveTo: (at) => clock.advance(at - clock.now()),
  };
}

import type { Ledger } from '../../core/ports/ledger.ts';
import { memoryAlerts } from './alerts/index.ts';
import { memoryClaims } from './claims.ts';
import { memoryHistory } from './history.ts';
import { allOf, UNSHARED } from './unshared.ts';

/** What one process remembers: the default, without any database. */
export function memoryLedger(now: () => number): Ledger {
  const history = memoryHistory();
  return {
    claims: memoryClaims(now),
    history,
    ...memoryAlerts(now),
    ...UNSHARED,
    keep: async (kept) => {
      await history.put(kept.map(({ report }) => report));
      return allOf(kept);
    },
  };
}

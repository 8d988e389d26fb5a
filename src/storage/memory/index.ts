import type { AlertStore } from '../../core/ports/alerting/alert-store.ts';
import type { Outbox } from '../../core/ports/alerting/outbox.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import type { WatchStore } from '../../core/ports/watches/watch-store.ts';
import { late, once } from '../../platform/late.ts';
import type { MemoryAlerts } from './alerts/index.ts';
import { OUTBOX, WATCHES } from '../late/methods.ts';
import { memoryClaims } from './claims.ts';
import { memoryHistory } from './history.ts';
import { A_DAY, allOf, UNSHARED } from './unshared.ts';

/** What one process remembers: the default, without any database. */
export function memoryLedger(now: () => number): Ledger {
  const history = memoryHistory();
  return {
    claims: memoryClaims(now),
    history,
    ...lateAlerts(now),
    messagesMs: A_DAY.messagesMs,
    feeds: { sheet: lateWatches(now), calendar: lateWatches(now) },
    ...UNSHARED,
    keep: async (kept) => {
      await history.put(kept.map(({ report }) => report));
      return allOf(kept);
    },
  };
}

function lateWatches(now: () => number): WatchStore {
  return late(WATCHES, async () => (await import('./watches.ts')).memoryWatches(now));
}

/** What nobody uses who has no rules is not loaded. */
function lateAlerts(now: () => number): { readonly alerts: AlertStore; readonly outbox: Outbox } {
  let made: MemoryAlerts | undefined;
  const load = once(async () => (made = (await import('./alerts/index.ts')).memoryAlerts(now)));
  const outbox = late<Outbox>(OUTBOX, async () => (await load()).outbox);
  return {
    alerts: late<Pick<AlertStore, 'transaction' | 'look'>>(
      { transaction: true, look: true },
      async () => (await load()).alerts,
    ),
    // Pages ask for releases; nobody has marked one as long as nothing was loaded.
    outbox: { ...outbox, deploys: async (from) => (made === undefined ? [] : outbox.deploys(from)) },
  };
}

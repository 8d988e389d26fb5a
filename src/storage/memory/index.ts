import type { AlertStore } from '../../core/ports/alerting/alert-store.ts';
import type { Outbox } from '../../core/ports/alerting/outbox.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import type { WatchStore } from '../../core/ports/watches/watch-store.ts';
import { late, once } from '../../platform/late.ts';
import type { MemoryAlerts } from './alerts/index.ts';
import { memoryClaims } from './claims.ts';
import { memoryHistory } from './history.ts';
import { allOf, UNSHARED } from './unshared.ts';

/** What one process remembers: the default, without any database. */
export function memoryLedger(now: () => number): Ledger {
  const history = memoryHistory();
  return {
    claims: memoryClaims(now),
    history,
    ...lateAlerts(now),
    feeds: { sheet: lateWatches(now), calendar: lateWatches(now) },
    ...UNSHARED,
    keep: async (kept) => {
      await history.put(kept.map(({ report }) => report));
      return allOf(kept);
    },
  };
}

function lateWatches(now: () => number): WatchStore {
  return late(OF_WATCHES, async () => (await import('./watches.ts')).memoryWatches(now));
}

const OF_WATCHES: Readonly<Record<keyof WatchStore, true>> = {
  now: true,
  claim: true,
  keep: true,
  forget: true,
  read: true,
  all: true,
};

/** What nobody uses who has no rules is not loaded. */
function lateAlerts(now: () => number): { readonly alerts: AlertStore; readonly outbox: Outbox } {
  let made: MemoryAlerts | undefined;
  const load = once(async () => (made = (await import('./alerts/index.ts')).memoryAlerts(now)));
  const outbox = late<Outbox>(OF_OUTBOX, async () => (await load()).outbox);
  return {
    alerts: late<Pick<AlertStore, 'transaction' | 'look'>>(
      { transaction: true, look: true },
      async () => (await load()).alerts,
    ),
    // Pages ask for releases; nobody has marked one as long as nothing was loaded.
    outbox: { ...outbox, deploys: async (from) => (made === undefined ? [] : outbox.deploys(from)) },
  };
}

const OF_OUTBOX: Readonly<Record<keyof Outbox, true>> = {
  now: true,
  due: true,
  lease: true,
  renew: true,
  release: true,
  open: true,
  form: true,
  note: true,
  mutes: true,
  mute: true,
  unmute: true,
  deploys: true,
  deploy: true,
  channels: true,
  tally: true,
  tellings: true,
  messages: true,
  tellingsOf: true,
  listed: true,
  held: true,
  keepAction: true,
  actions: true,
  acknowledged: true,
  post: true,
};

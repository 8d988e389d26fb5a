import type { WatchStore } from '../../core/ports/watches/watch-store.ts';
import type { WatchDeps, WatchWork } from '../../core/watches/work.ts';
import { once } from '../../platform/late.ts';
import type { Parts } from '../make-parts.ts';
import { type BesideDeps, type BesideRuns, besideRuns } from './beside-runs.ts';

export interface WatchingDeps extends Pick<WatchDeps, 'plans' | 'isWhole' | 'admin'>, BesideDeps {}

/** How watches are looked at. */
export interface Watching extends BesideRuns {
  /** Looks at one now, whatever its interval; null: somebody does, or there is none. */
  readonly look: WatchWork['look'];
  readonly store: WatchStore;
}

type OfParts = Pick<Parts, 'watches' | 'sinks' | 'ledger' | 'settings'>;

/** A look may take so long, with what comes after it, ms. */
export const LEAST_LEASE_MS = 60_000;

/** Undefined: no file sets up a watch, or there is no ledger that keeps values; nothing of it is loaded then. */
export function watchingOf(parts: OfParts, deps: WatchingDeps): Watching | undefined {
  const { watches: store } = parts.ledger;
  if (parts.watches.size === 0 || store === undefined) return undefined;
  const load = once(async () => createWork(parts, store, deps));
  return {
    ...besideRuns('watches', async (scope) => (await load()).work(scope), deps),
    look: async (name, scope) => {
      const done = await (await load()).look(name, scope);
      if (done !== null) deps.heard([done]);
      return done;
    },
    store,
  };
}

async function createWork(
  { watches, sinks, ledger, settings }: OfParts,
  store: WatchStore,
  deps: WatchingDeps,
): Promise<WatchWork> {
  const [{ createWatchWork }, { createGauges }] = await Promise.all([
    import('../../core/watches/work.ts'),
    import('../../core/watches/send-gauges.ts'),
  ]);
  const { publicUrl, page } = settings;
  return createWatchWork({
    ...deps,
    kind: 'watch',
    store,
    watches,
    gauge: createGauges(sinks),
    leaseMs: Math.max(ledger.sharing.leaseMs, LEAST_LEASE_MS),
    page: publicUrl === undefined || !page ? null : `${publicUrl}/status`,
  });
}

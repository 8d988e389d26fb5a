import type { DueDone } from '../../core/ports/alerting/due.ts';
import type { Messenger } from '../../core/ports/alerting/messenger.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { RunListener } from '../../core/ports/run-listener.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { WatchStore } from '../../core/ports/watches/watch-store.ts';
import type { WatchDeps, WatchWork } from '../../core/watches/work.ts';
import { once } from '../../platform/late.ts';
import type { Parts } from '../make-parts.ts';

export interface WatchingDeps extends Pick<WatchDeps, 'plans' | 'isWhole' | 'admin'>, Pick<Clock, 'sleep'> {
  heard(done: readonly DueDone[]): void;
}

/** How watches are looked at, beside runs and by posts for what is due. */
export interface Watching {
  readonly work: WatchWork['work'];
  /** Looks at one now, whatever its interval; null: somebody does, or there is none. */
  readonly look: WatchWork['look'];
  readonly store: WatchStore;
  readonly listener: RunListener;
  /** The same, which first waits a little for what is being looked at: what comes of that is told at once. */
  behind(messenger: Messenger): Messenger;
}

type OfParts = Pick<Parts, 'watches' | 'sinks' | 'ledger' | 'settings'>;

/** People wait so long for what is being looked at, ms. */
const WAIT_MS = 5_000;
/** A look may take so long, with what comes after it, ms. */
const LEAST_LEASE_MS = 60_000;

/** Undefined: no file sets up a watch, or there is no ledger that keeps values; nothing of it is loaded then. */
export function watchingOf(parts: OfParts, deps: WatchingDeps): Watching | undefined {
  const { watches: store } = parts.ledger;
  if (parts.watches.size === 0 || store === undefined) return undefined;
  const load = once(async () => createWork(parts, store, deps));
  const under = new Set<Promise<unknown>>();
  const work: WatchWork['work'] = (scope) => {
    const looking = load()
      .then(({ work: look }) => look(scope))
      .then((done) => (deps.heard(done), done));
    under.add(looking);
    return looking.finally(() => under.delete(looking));
  };
  return {
    work,
    look: async (name, scope) => {
      const done = await (await load()).look(name, scope);
      if (done !== null) deps.heard([done]);
      return done;
    },
    store,
    listener: {
      name: 'watches',
      // The others wait for their turn until there is a plain run.
      begun: async ({ kind }, scope) => {
        if (kind === 'plain') await work(scope);
      },
    },
    behind: (messenger) => ({
      ...messenger,
      async send(scope) {
        if (under.size > 0) await waitFor([...under], scope.signal, deps);
        await messenger.send(scope);
      },
    }),
  };
}

async function waitFor(
  looking: readonly Promise<unknown>[],
  signal: AbortSignal,
  { sleep }: Pick<Clock, 'sleep'>,
): Promise<void> {
  const over = new AbortController();
  const late = sleep(WAIT_MS, AbortSignal.any([signal, over.signal])).catch(() => undefined);
  await Promise.race([Promise.allSettled(looking), late]);
  over.abort();
}

async function createWork(
  { watches, sinks, ledger, settings }: OfParts,
  store: WatchStore,
  deps: WatchingDeps,
): Promise<WatchWork> {
  const [{ createWatchWork }, { sendGauges }] = await Promise.all([
    import('../../core/watches/work.ts'),
    import('../../core/watches/send-gauges.ts'),
  ]);
  const { publicUrl, page } = settings;
  return createWatchWork({
    ...deps,
    store,
    watches,
    gauge: (plan, measured, at, scope: Scope) => sendGauges(sinks, plan, measured, { at, scope }),
    leaseMs: Math.max(ledger.sharing.leaseMs, LEAST_LEASE_MS),
    page: publicUrl === undefined || !page ? null : `${publicUrl}/status`,
  });
}

import { ALERTS } from '../../core/ports/alerting/decider.ts';
import type { Backlog } from '../../core/ports/backlog.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { History } from '../../core/ports/history.ts';
import type { Kept, Ledger, MaySend, Parcel } from '../../core/ports/ledger.ts';
import { COUNTER } from '../../core/ports/recounts.ts';
import type { Log } from '../../core/ports/scope.ts';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts';
import { isShared } from './claim-owner.ts';
import { claimsWithFallback } from './claims.ts';
import { createReplayBuffer } from './replay-buffer.ts';

export interface FallbackDeps extends Pick<Clock, 'now'> {
  readonly log: Log;
  /** Names of the sinks where a repeat does no harm. */
  readonly repeatSafe: ReadonlySet<string>;
}

/**
 * A shared ledger that may be out of reach. Meanwhile this process remembers by itself, and serves what the policy lets
 * it: a circuit breaker says when, a replay buffer tells the ledger afterwards.
 */
export function withFallback(shared: Ledger, own: Ledger, deps: FallbackDeps): Ledger {
  const { onError } = shared.sharing;
  // Without the ledger nothing can be compared, what grew cannot be kept, and rules have no past.
  const servesBlind = (sink: string): boolean =>
    sink !== COUNTER && sink !== ALERTS && (onError === 'send' || (onError === 'safe' && deps.repeatSafe.has(sink)));
  const breaker = createCircuitBreaker(deps);
  const buffer = createReplayBuffer(shared.claims, deps.log);
  const claimsDeps = { shared: shared.claims, own: own.claims, breaker, buffer, servesBlind, log: deps.log };
  return {
    ...shared,
    servesBlind,
    claims: claimsWithFallback(claimsDeps),
    history: historyWithFallback(shared.history, own.history, breaker),
    ...(shared.backlog === undefined ? {} : { backlog: backlogWithFallback(shared.backlog, breaker) }),
    keep: (kept) =>
      breaker.call(
        () => keepShared(kept, shared),
        async () => {
          await own.keep(kept);
          return kept.map(({ parcels }) => parcels.map(({ key }) => servesBlind(key.sink) || { why: breaker.why() }));
        },
      ),
    async health() {
      const found = await shared.health();
      if (found === 'ready') breaker.close();
      if (found === 'ready') return found;
      return onError === 'stop' ? 'down' : 'degraded';
    },
  };
}

/**
 * NOTE: what was claimed while the ledger was away goes out as it would have. The ledger knows nothing of that claim:
 * it is told when it grants its own.
 */
async function keepShared(kept: readonly Kept[], shared: Ledger): Promise<readonly (readonly MaySend[])[]> {
  const isTold = ({ token }: Parcel): boolean => token === null || isShared({ token });
  const answers = await shared.keep(kept.map(({ report, parcels }) => ({ report, parcels: parcels.filter(isTold) })));
  return kept.map(({ parcels }, index) => {
    const said = answers[index]!.values();
    return parcels.map((parcel) => (isTold(parcel) ? said.next().value! : true));
  });
}

function historyWithFallback(shared: History, own: History, breaker: CircuitBreaker): History {
  return {
    ...shared,
    put: (reports) =>
      breaker.call(
        () => shared.put(reports),
        () => own.put(reports),
      ),
    get: (ids) =>
      breaker.call(
        () => shared.get(ids),
        () => own.get(ids),
      ),
    began: (run) =>
      breaker.call(
        () => shared.began(run),
        async () => undefined,
      ),
    ended: (run) =>
      breaker.call(
        () => shared.ended(run),
        async () => undefined,
      ),
  };
}

/** This process alone cannot know what others delivered. */
function backlogWithFallback(shared: Backlog, breaker: CircuitBreaker): Backlog {
  return {
    ...shared,
    missing: (...args) =>
      breaker.call(
        () => shared.missing(...args),
        async () => null,
      ),
  };
}

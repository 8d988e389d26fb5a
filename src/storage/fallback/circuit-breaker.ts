import { WAITING, waitingFor, waitingSince } from '../../core/delivery/receipt.ts';
import { faultOf, LedgerRefused, LedgerTrouble } from '../../core/model/errors.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/scope.ts';

/** Whether the shared ledger can be reached, as far as is known: closed while it answers, open after a failure. */
export interface CircuitBreaker {
  /** Calls the ledger unless the circuit has opened just now; instead of that, and when that fails, the fallback. */
  call<T>(work: () => Promise<T>, fallback: () => Promise<T>): Promise<T>;
  /** The ledger was reached by another way. */
  close(): void;
  /** Why what must wait for the ledger waits. */
  why(): string;
}

export interface CircuitBreakerDeps extends Pick<Clock, 'now'> {
  readonly log: Log;
}

/** After a failure the ledger is left alone for so long, so that a run does not wait for it again and again, ms. */
const OPEN_MS = 2_000;

export function createCircuitBreaker({ now, log }: CircuitBreakerDeps): CircuitBreaker {
  let openedAt: number | null = null;
  let refused: string | null = null;
  let waiting = WAITING;
  const close = (): void => {
    if (openedAt !== null) log.info({}, 'ledger is back');
    openedAt = null;
  };
  const open = (error: unknown): void => {
    if (error instanceof LedgerRefused) {
      // Nothing but an update of this server helps; until then it is not asked again.
      if (refused === null) log.error({ error: error.message }, 'ledger is not used any more');
      refused = error.message;
    } else {
      waiting = error instanceof LedgerTrouble ? waitingSince(error.message) : WAITING;
      if (openedAt === null) log.error({ error: faultOf(error).message }, 'ledger cannot be reached');
    }
    openedAt = now();
  };
  return {
    close: () => (refused === null ? close() : undefined),
    why: () => (refused === null ? waiting : waitingFor(refused)),
    async call(work, fallback) {
      if (refused !== null || (openedAt !== null && now() - openedAt < OPEN_MS)) return fallback();
      try {
        const result = await work();
        close();
        return result;
      } catch (error) {
        open(error);
        return fallback();
      }
    },
  };
}

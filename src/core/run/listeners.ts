import type { Order } from '../ports/order.ts';
import type { ProgressListener, RunListener, RunOver } from '../ports/run-listener.ts';
import type { Log, Scope } from '../ports/scope.ts';

/** All who listen, as one. Nothing comes back from them. */
export interface Listeners extends ProgressListener {
  /** Resolves when all have heard it. Never rejects. */
  begun(order: Order, runId: string): Promise<void>;
  /** Resolves when all have heard it. Never rejects. */
  ended(order: Order, runId: string, over: RunOver | null): Promise<void>;
}

export interface ListenersDeps {
  openScope(id: string, limitMs: number): Scope & { close(): void };
  readonly log: Log;
}

/** A listener that takes longer is given up, ms. */
const LISTEN_MS = 30_000;

/** Each listener's trouble is its own, and is logged. */
export function createListeners(all: readonly RunListener[], { openScope, log }: ListenersDeps): Listeners {
  const broke = (name: string, error: unknown, run?: string): void =>
    log.error({ run, observer: name, error: String(error) }, 'observer broke');
  const tell = (act: (listener: RunListener) => void): void => {
    for (const listener of all) {
      try {
        act(listener);
      } catch (error) {
        broke(listener.name, error);
      }
    }
  };
  const tellInScope = async (
    run: string,
    listeners: readonly RunListener[],
    act: (listener: RunListener, scope: Scope) => Promise<void> | undefined,
  ): Promise<void> => {
    if (listeners.length === 0) return;
    const scope = openScope(run, LISTEN_MS);
    const told = await Promise.allSettled(listeners.map(async (listener) => act(listener, scope)));
    scope.close();
    told.forEach((result, index) => {
      if (result.status === 'rejected') broke(listeners[index]!.name, result.reason, run);
    });
  };
  const beginners = all.filter(({ begun }) => begun !== undefined);
  const enders = all.filter(({ ended }) => ended !== undefined);
  return {
    begun: (order, runId) => tellInScope(runId, beginners, (listener, scope) => listener.begun?.(order, scope)),
    read: (answer) => tell((listener) => listener.read?.(answer)),
    delivered: (key, outcomes) => tell((listener) => listener.delivered?.(key, outcomes)),
    ended: (order, runId, over) =>
      tellInScope(runId, enders, (listener, scope) => listener.ended?.(order, over, scope)),
  };
}

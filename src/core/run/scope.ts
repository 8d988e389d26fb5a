import type { RunEnd } from '../model/verdict.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log, Meter, Scope } from '../ports/scope.ts';

export interface ScopeDeps extends Clock {
  readonly log: Log;
  readonly deadlineMs: number;
  /** Aborted when the process must stop. */
  readonly shutdown: AbortSignal;
}

/** A run's scope, for the run itself. */
export interface OpenScope extends Scope {
  readonly meter: ReadableMeter;
  /** Cuts the run short; the first reason holds. */
  end(reason: RunEnd): void;
  ended(): RunEnd | null;
  /** Ends the timers; nothing is aborted any more. */
  close(): void;
}

export interface ReadableMeter extends Meter {
  read(): { readonly sourceRequests: number; readonly sinkRequests: number; readonly clockSkewMs: number | null };
  /** Whether the clocks certainly differ by more than `ms`, whatever the way to the source took. */
  isOff(ms: number): boolean;
}

/** Opens a scope that ends at the deadline or at shutdown, whichever comes first. */
export function openScope(runId: string, deps: ScopeDeps): OpenScope {
  const stop = new AbortController();
  const closed = new AbortController();
  let reason: RunEnd | null = null;
  const end = (why: RunEnd): void => {
    if (reason !== null || closed.signal.aborted) return;
    reason = why;
    stop.abort();
  };
  const onShutdown = (): void => end('shutdown');
  if (deps.shutdown.aborted) onShutdown();
  deps.shutdown.addEventListener('abort', onShutdown, { once: true });
  void deps.sleep(deps.deadlineMs, closed.signal).then(
    () => end('deadline'),
    () => undefined,
  );
  return {
    runId,
    signal: stop.signal,
    deadline: deps.now() + deps.deadlineMs,
    log: deps.log.child({ run: runId }),
    meter: createMeter(),
    end,
    ended: () => reason,
    close: () => {
      closed.abort();
      deps.shutdown.removeEventListener('abort', onShutdown);
    },
  };
}

/** The clock reading with the shortest way to the source and back is the most exact one. */
export function createMeter(): ReadableMeter {
  let sourceRequests = 0;
  let sinkRequests = 0;
  let best: { skewMs: number; errorMs: number } | null = null;
  return {
    requested: () => void sourceRequests++,
    sent: () => void sinkRequests++,
    sawClock: (skewMs, errorMs) => {
      if (best === null || errorMs < best.errorMs) best = { skewMs, errorMs };
    },
    isOff: (ms) => best !== null && Math.abs(best.skewMs) - best.errorMs > ms,
    read: () => ({ sourceRequests, sinkRequests, clockSkewMs: best === null ? null : Math.round(best.skewMs) }),
  };
}

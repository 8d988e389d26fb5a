import type { RunEnd } from '../model/verdict.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log, Scope } from '../ports/scope.ts';
import { createMeter, type ReadableMeter } from './meter.ts';

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
  /** Ends the timers; nothing is aborted any more. What was tried again is told now, in one line a reason. */
  close(): void;
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
  const [log, meter] = [deps.log.child({ run: runId }), createMeter()];
  return {
    runId,
    signal: stop.signal,
    deadline: deps.now() + deps.deadlineMs,
    log,
    meter,
    end,
    ended: () => reason,
    close: () => {
      closed.abort();
      deps.shutdown.removeEventListener('abort', onShutdown);
      for (const repeats of meter.repeats()) log.warn(repeats, 'tried again');
    },
  };
}

import type { Log } from './ports.ts';
import type { OpenScope } from './scope.ts';

export interface SoonerDeps {
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** What was read must still be sent before the deadline: a send that is cut off is uncertain, ms. */
const RESERVE_MS = 30_000;

/** A scope that ends before its run's, by a quarter of what is left of it, at least `RESERVE_MS`, at most half. */
export function sooner(scope: OpenScope, deps: SoonerDeps): OpenScope {
  const left = Math.max(0, scope.deadline - deps.now());
  const ms = Math.round(left - Math.min(left / 2, Math.max(RESERVE_MS, left / 4)));
  const [stop, closed] = [new AbortController(), new AbortController()];
  void deps.sleep(ms, closed.signal).then(() => stop.abort(), () => undefined);
  return {
    ...scope, deadline: deps.now() + ms, signal: AbortSignal.any([scope.signal, stop.signal]),
    ended: () => scope.ended() ?? (stop.signal.aborted ? 'deadline' : null),
    close: () => closed.abort(),
  };
}

/** What goes well is said window by window, not report by report. */
export function quiet(log: Log): Log {
  return { debug: (fields, text) => log.debug(fields, text), info: (fields, text) => log.debug(fields, text), warn: (fields, text) => log.warn(fields, text), error: (fields, text) => log.error(fields, text), child: (fields) => quiet(log.child(fields)) };
}

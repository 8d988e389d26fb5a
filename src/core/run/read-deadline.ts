import type { Log } from '../ports/scope.ts';
import type { OpenScope } from './scope.ts';

export interface ReadDeadlineDeps {
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Time for sending what was read: a send that is cut off at the deadline is uncertain, ms; at least an eighth, at most half of what is left. */
const SENDING_MS = 15_000;
/** Nothing is begun after this part of the time that is left. */
const BEGINNING = 0.6;

/** A scope that ends before its run's. */
export interface ReadDeadline extends OpenScope {
  /** Epoch ms; what is begun later may be cut off. */
  readonly beginBy: number;
}

/** For reading, when what is read is to be sent within the run. */
export function openReadDeadline(scope: OpenScope, deps: ReadDeadlineDeps): ReadDeadline {
  const left = Math.max(0, scope.deadline - deps.now());
  const ms = Math.round(left - Math.min(left / 2, Math.max(SENDING_MS, left / 8)));
  const [stop, closed] = [new AbortController(), new AbortController()];
  void deps.sleep(ms, closed.signal).then(
    () => stop.abort(),
    () => undefined,
  );
  return {
    ...scope,
    beginBy: deps.now() + Math.round(left * BEGINNING),
    deadline: deps.now() + ms,
    signal: AbortSignal.any([scope.signal, stop.signal]),
    ended: () => scope.ended() ?? (stop.signal.aborted ? 'deadline' : null),
    close: () => closed.abort(),
  };
}

/** What goes well is said window by window, not report by report. */
export function quiet(log: Log): Log {
  return {
    debug: (fields, text) => log.debug(fields, text),
    info: (fields, text) => log.debug(fields, text),
    warn: (fields, text) => log.warn(fields, text),
    error: (fields, text) => log.error(fields, text),
    child: (fields) => quiet(log.child(fields)),
  };
}

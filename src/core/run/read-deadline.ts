import type { Clock } from '../ports/clock.ts';
import type { Log, Scope } from '../ports/scope.ts';
import type { OpenScope } from './scope.ts';

/** Of so much time, what is for reading, ms; the rest, at most half, is kept for sending what was read. */
export function readingMs(leftMs: number, reserveMs: number): number {
  return Math.round(leftMs - Math.min(leftMs / 2, reserveMs));
}

/** A scope that ends before the one it is made from. */
export interface EarlyScope extends Scope {
  /** Ends the timer; nothing is aborted from then on, but by the other scope. To be called when nobody works in it. */
  close(): void;
}

/** A scope that ends after so many ms. `why`: the error that what is cut off rejects with. */
export function endEarly(scope: Scope, { sleep }: Pick<Clock, 'sleep'>, ms: number, why?: Error): EarlyScope {
  const [stop, closed] = [new AbortController(), new AbortController()];
  void sleep(ms, closed.signal).then(
    () => stop.abort(why),
    () => undefined,
  );
  return { ...scope, signal: AbortSignal.any([scope.signal, stop.signal]), close: () => closed.abort() };
}

/**
 * A send that is cut off at the deadline is uncertain, so this is kept for sending, ms; or an eighth of what is left.
 */
const SENDING_MS = 15_000;
/** Nothing is begun after this part of the time that is left. */
const BEGINNING = 0.6;

/** A scope that ends before its run's. */
export interface ReadDeadline extends OpenScope {
  /** Epoch ms; what is begun later may be cut off. */
  readonly beginBy: number;
}

/** For reading, when what is read is to be sent within the run. */
export function openReadDeadline(scope: OpenScope, clock: Clock): ReadDeadline {
  const now = clock.now();
  const left = Math.max(0, scope.deadline - now);
  const ms = readingMs(left, Math.max(SENDING_MS, left / 8));
  const { signal, close } = endEarly(scope, clock, ms);
  return {
    ...scope,
    beginBy: now + Math.round(left * BEGINNING),
    deadline: now + ms,
    signal,
    ended: () => scope.ended() ?? (signal.aborted ? 'deadline' : null),
    close,
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

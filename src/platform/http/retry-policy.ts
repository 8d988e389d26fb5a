/** Here it is decided what is tried again, how often, and after how long. */

/** Tries in all for trouble that may pass; waits 1, 2, 4 s between them, plus up to a quarter. */
export const TRIES = 4;
/** Tries in all when the service says that we ask too often; without a hint it waits 5, 10, 20, 40 s. */
export const LIMITED_TRIES = 5;

const FIRST_WAIT_MS = 1_000;
const FIRST_LIMITED_WAIT_MS = 5_000;

/** Statuses that may pass. */
const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Of those, the ones after which nothing was stored; 500 by our decision. */
const NOT_STORED = new Set([408, 425, 429, 500, 503]);

/** What of a failed try decides about the next. */
export interface Retry {
  /** This very request may be sent again now. */
  readonly repeat?: boolean;
  /** We asked too often. */
  readonly limited?: boolean;
  /** How long to wait before that, ms, when the service said so. */
  readonly waitMs?: number | undefined;
}

/** The failed tries of one request so far. */
export interface Tries {
  /** For all but the next reason. */
  failures: number;
  /** Because we asked too often. */
  limited: number;
  /** One of them may have been stored. */
  maybeStored: boolean;
}

export function isTransient(status: number): boolean {
  return TRANSIENT.has(status);
}

/** After an answer that may pass. `repeatSafe`: storing the request twice does no harm. */
export function mayRepeatAnswered(status: number, repeatSafe: boolean): boolean {
  return repeatSafe || NOT_STORED.has(status);
}

/** After no answer. `sent`: anything of the request can have gone out. */
export function mayRepeatUnanswered(sent: boolean, repeatSafe: boolean): boolean {
  return repeatSafe || !sent;
}

/** After 429 without a hint: how long everybody waits, ms; `isLast`: this request does not try again after that. */
export function limitedWait({ limited }: Tries, random: number): { readonly ms: number; readonly isLast: boolean } {
  return { ms: backoff(limited + 1, FIRST_LIMITED_WAIT_MS, random), isLast: limited + 1 >= LIMITED_TRIES };
}

/** Counts a failed try. How long to wait before the next, ms; null: there is none. `most`: tries in all. */
export function nextWait(failure: Retry, tries: Tries, most: number, random: () => number): number | null {
  if (failure.repeat !== true) return null;
  const count = failure.limited === true ? ++tries.limited : ++tries.failures;
  const isLast = count >= (failure.limited === true ? LIMITED_TRIES : TRIES);
  if (isLast || tries.failures + tries.limited >= most) return null;
  return failure.waitMs ?? backoff(count, FIRST_WAIT_MS, random());
}

/** Doubles from the base, plus up to a quarter of jitter. */
function backoff(tries: number, baseMs: number, random: number): number {
  return Math.round(baseMs * 2 ** (tries - 1) * (1 + random / 4));
}

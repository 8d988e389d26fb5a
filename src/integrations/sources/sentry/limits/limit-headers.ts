/** An answer as far as limits go. */
export interface LimitedAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch ms by our clock. */
  readonly sentAt: number;
}

/** What the server said of its limits. */
export interface StatedLimits {
  /** Requests in any stretch of `windowMs` that are ours to make. */
  readonly ours: number;
  readonly windowMs: number;
  /** Requests of ours at once. */
  readonly atOnce: number;
}

/** The start of a request of ours. */
export interface Start {
  /** Epoch ms */
  readonly at: number;
  /** Of ours, this one among them. */
  readonly inFlight: number;
}

export const UNLIMITED: StatedLimits = { ours: Infinity, windowMs: 0, atOnce: Infinity };

/** Kept free in each window: requests do not arrive as evenly as they leave. */
const SPARE = 0.05;
const WINDOW_MARGIN = 1.05;
/** Longest window of a limit that is believed, s. */
const MAX_WINDOW_S = 300;

/** Requests a second that are made where Sentry takes so many in each second. */
export function usedOf(perSecond: number): number {
  return Math.max(1, perSecond - Math.ceil(perSecond * SPARE)) / WINDOW_MARGIN;
}

/** The limits after one more answer. `starts`: oldest first. `known`: what was said before. */
export function limitsFrom(answer: LimitedAnswer, starts: readonly Start[], known: StatedLimits): StatedLimits {
  const { status, headers, sentAt } = answer;
  const windowMs = windowOf(headers, known.windowMs);
  // NOTE: at most as many of ours can be among those that the server counted. What it counted above that is others'.
  const mine = starts.filter(({ at }) => at > sentAt - windowMs).length;
  const limit = wholeIn(headers, 'limit');
  // A refusal says that too many were there, not how many.
  const left = status === 429 ? undefined : wholeIn(headers, 'remaining');
  const atOnce = wholeIn(headers, 'concurrentlimit');
  const leftAtOnce = wholeIn(headers, 'concurrentremaining');
  return {
    windowMs,
    ours: oursOf(limit, left, mine, SPARE) ?? known.ours,
    atOnce: oursOf(atOnce, leftAtOnce, mostAtOnce(starts, sentAt), 0) ?? known.atOnce,
  };
}

/** Most of ours that were in flight at any time since `sentAt`. */
function mostAtOnce(starts: readonly Start[], sentAt: number): number {
  // NOTE: the request's own start lies a moment before it was sent. Without it, all of ours could pass for others'.
  const from = Math.max(
    0,
    starts.findLastIndex(({ at }) => at < sentAt),
  );
  return Math.max(...starts.slice(from).map(({ inFlight }) => inFlight));
}

/** What of a limit is ours when others use it too; undefined: the server names none. `spare`: the part kept free. */
function oursOf(limit: number | undefined, left: number | undefined, mine: number, spare: number): number | undefined {
  if (limit === undefined || limit < 1) return undefined;
  const others = Math.max(0, limit - (left ?? limit) - mine);
  return Math.max(1, limit - others - Math.ceil(limit * spare));
}

/**
 * The longest time to a reset that was ever seen, ms. Windows begin with whole seconds of the server's own clock, so
 * right after its start the whole window lies before the reset.
 */
function windowOf(headers: LimitedAnswer['headers'], known: number): number {
  const reset = wholeIn(headers, 'reset');
  const theirNow = Math.floor(Date.parse(headers['date'] ?? '') / 1000);
  if (reset === undefined || Number.isNaN(theirNow)) return known;
  const seconds = Math.min(MAX_WINDOW_S, Math.max(1, reset - theirNow));
  return Math.max(known, Math.ceil(seconds * 1000 * WINDOW_MARGIN));
}

function wholeIn(headers: LimitedAnswer['headers'], name: string): number | undefined {
  const text = headers[`x-sentry-rate-limit-${name}`];
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

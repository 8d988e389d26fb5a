/** An answer as far as limits go. */
export interface Heard {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch ms by our clock. */
  readonly sentAt: number;
}

/** When one endpoint may be asked: Sentry counts per caller and endpoint (SA §8.1). */
export interface RateLimit {
  /** ms until the next request may leave; 0: now. */
  waitMs(now: number): number;
  /** Whether one more at once is allowed. */
  hasRoom(): boolean;
  pausedUntil(): number;
  /** The server asked us to wait; never shortens. What left before counts no more: after the wait another of its windows begins. */
  pause(now: number, ms: number): void;
  began(now: number): void;
  ended(): void;
  /** Follows the limits that the server names. `now`: epoch ms, when the answer was there. */
  heard(answer: Heard, now: number): void;
}

/** Longest window of a limit that is believed, s (SA §8.3 knows none above five minutes). */
const MAX_WINDOW_S = 300;
/** Kept free in each window: requests do not arrive as evenly as they leave. */
const SPARE = 0.05;
const WINDOW_MARGIN = 1.05;
/** What a refusal leaves of our share, and what each answer gives back of it. */
const CUT = 0.6;
const RECOVERY = 0.005;
const LEAST_SHARE = 0.1;

/** What the server said of its limits. */
interface StatedLimits {
  /** Requests in any stretch of `windowMs` that are ours to make. */
  readonly ours: number;
  readonly windowMs: number;
  /** Requests of ours at once. */
  readonly atOnce: number;
}

interface Start {
  /** Epoch ms */
  readonly at: number;
  /** Of ours, this one among them. */
  readonly inFlight: number;
}

/** Requests a second that are made where Sentry takes so many in each second. */
export function usedOf(perSecond: number): number {
  return Math.max(1, perSecond - Math.ceil(perSecond * SPARE)) / WINDOW_MARGIN;
}

const UNLIMITED: StatedLimits = { ours: Infinity, windowMs: 0, atOnce: Infinity };

/** `everyMs`: least time from the start of one request to the start of the next. */
export function createRateLimit(everyMs: number): RateLimit {
  let paused = 0;
  let refusedAt = -Infinity;
  let limits = UNLIMITED;
  let inFlight = 0;
  /** Less than 1 after refusals: others use the limit too, and what the server counts of them cannot be seen beyond it. */
  let share = 1;
  let cutAt = 0;
  const heardOf = ({ status, sentAt }: Heard, now: number): void => {
    if (status !== 429) share = Math.min(1, share + RECOVERY);
    // What left before the cut says nothing new.
    else if (sentAt > cutAt) [share, cutAt] = [Math.max(LEAST_SHARE, share * CUT), now];
  };
  /** Starts, oldest first, as far back as a window reaches, each with how many were in flight then. */
  const starts: Start[] = [];
  const waitMs = (now: number): number => {
    const first = starts.at(-Math.max(1, Math.floor(limits.ours * share)));
    return Math.max(
      0,
      paused - now,
      first === undefined || first.at <= refusedAt ? 0 : first.at + limits.windowMs - now,
    );
  };
  return {
    waitMs,
    hasRoom: () => inFlight < limits.atOnce,
    pausedUntil: () => paused,
    pause: (now, ms) => {
      paused = Math.max(paused, now + ms);
      refusedAt = now;
    },
    began: (now) => {
      inFlight++;
      starts.push({ at: now, inFlight });
      while (starts[0]!.at <= now - Math.max(limits.windowMs, MIN_KEPT_MS)) starts.shift();
      paused = Math.max(paused, now + everyMs);
    },
    ended: () => void inFlight--,
    heard: (answer, now) => {
      const { headers, sentAt } = answer;
      heardOf(answer, now);
      const windowMs = windowOf(headers, limits.windowMs);
      // NOTE: at most as many of ours can be among those that the server counted; what it counted above that is others'.
      limits = {
        windowMs,
        // A refusal says that too many were there, not how many.
        ours:
          shareOf(
            headers,
            'limit',
            answer.status === 429 ? '' : 'remaining',
            starts.filter(({ at }) => at > sentAt - windowMs).length,
            SPARE,
          ) ?? limits.ours,
        atOnce:
          shareOf(headers, 'concurrentlimit', 'concurrentremaining', mostAtOnce(starts, sentAt), 0) ?? limits.atOnce,
      };
    },
  };
}

/** Starts are remembered this long before any window is known, ms. */
const MIN_KEPT_MS = 1000;

/** Most of ours that were in flight at any time since `sentAt`. */
function mostAtOnce(starts: readonly Start[], sentAt: number): number {
  // NOTE: the request's own start lies a moment before it was sent; with none later, all of ours would be taken for others'.
  const from = Math.max(
    0,
    starts.findLastIndex(({ at }) => at < sentAt),
  );
  return Math.max(...starts.slice(from).map(({ inFlight }) => inFlight));
}

/** What is left to us of a limit when others use it too; undefined: the server names none. */
function shareOf(
  headers: Heard['headers'],
  limitName: string,
  leftName: string,
  mine: number,
  spare: number,
): number | undefined {
  const limit = wholeIn(headers, limitName);
  if (limit === undefined || limit < 1) return undefined;
  const others = Math.max(0, limit - (wholeIn(headers, leftName) ?? limit) - mine);
  return Math.max(1, limit - others - Math.ceil(limit * spare));
}

/**
 * The longest time to a reset that was ever seen, ms. Windows begin with whole seconds of the server's own clock, so right
 * after its start the whole window lies before the reset.
 */
function windowOf(headers: Heard['headers'], known: number): number {
  const reset = wholeIn(headers, 'reset');
  const theirNow = Math.floor(Date.parse(headers['date'] ?? '') / 1000);
  if (reset === undefined || Number.isNaN(theirNow)) return known;
  const seconds = Math.min(MAX_WINDOW_S, Math.max(1, reset - theirNow));
  return Math.max(known, Math.ceil(seconds * 1000 * WINDOW_MARGIN));
}

function wholeIn(headers: Heard['headers'], name: string): number | undefined {
  const text = headers[`x-sentry-rate-limit-${name}`];
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

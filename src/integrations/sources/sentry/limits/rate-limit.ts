import { type LimitedAnswer, limitsFrom, type Start, UNLIMITED } from './limit-headers.ts';

/** When one endpoint may be asked (sliding window): Sentry counts per caller and endpoint. */
export interface RateLimit {
  /** ms until the next request may leave; 0: now. */
  waitMs(now: number): number;
  /** Whether one more at once is allowed. */
  hasRoom(): boolean;
  pausedUntil(): number;
  /**
   * The server asked us to wait; never shortens. What left before counts no more: after the wait another of its windows
   * begins.
   */
  pause(now: number, ms: number): void;
  began(now: number): void;
  ended(): void;
  /** Follows the limits that the server names. `now`: epoch ms, when the answer was there. */
  observe(answer: LimitedAnswer, now: number): void;
}

/** What a refusal leaves of our share, and what each answer gives back of it. */
const CUT = 0.6;
const RECOVERY = 0.005;
const LEAST_SHARE = 0.1;
/** Starts are remembered this long before any window is known, ms. */
const MIN_KEPT_MS = 1000;

/** `intervalMs`: least time from the start of one request to the start of the next. */
export function createRateLimit(intervalMs: number): RateLimit {
  let paused = 0;
  let refusedAt = -Infinity;
  let limits = UNLIMITED;
  let inFlight = 0;
  const share = createShare();
  /** Oldest first, as far back as a window reaches. */
  const starts: Start[] = [];
  return {
    waitMs: (now) => {
      const first = starts.at(-Math.max(1, Math.floor(limits.ours * share.now())));
      const isFree = first === undefined || first.at <= refusedAt;
      return Math.max(0, paused - now, isFree ? 0 : first.at + limits.windowMs - now);
    },
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
      paused = Math.max(paused, now + intervalMs);
    },
    ended: () => void inFlight--,
    observe: (answer, now) => {
      share.observe(answer, now);
      limits = limitsFrom(answer, starts, limits);
    },
  };
}

/** Less than 1 after refusals: others use the limit too, and how far they went beyond it cannot be seen. */
interface Share {
  now(): number;
  observe(answer: LimitedAnswer, now: number): void;
}

function createShare(): Share {
  let share = 1;
  let cutAt = 0;
  return {
    now: () => share,
    observe: ({ status, sentAt }, now) => {
      if (status !== 429) share = Math.min(1, share + RECOVERY);
      // What left before the cut says nothing new.
      else if (sentAt > cutAt) [share, cutAt] = [Math.max(LEAST_SHARE, share * CUT), now];
    },
  };
}

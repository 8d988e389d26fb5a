/** Keeps filters whose requests take long from holding all slots (bulkhead). */
export interface SlowFilters {
  /** Gives back what to call when the request is over. */
  began(owner: string, now: number): (now: number) => void;
  /**
   * True when the owner waits for an answer already and longer than usual, or is slow while slow ones hold their share
   * of so many slots.
   */
  isHeldBack(owner: string, slots: number, now: number): boolean;
  /**
   * True when the owner's slow request would take the last of several slots while there are owners who are not slow:
   * they may ask at any moment.
   */
  isShutOut(owner: string, slots: number, now: number): boolean;
}

/**
 * A request that takes longer makes its owner slow, ms. Slow answers take a few seconds, Sentry's own limit is 30 s.
 */
const SLOW_MS = 5000;
/**
 * An owner that waits this long for an answer gets no second slot while others wait, ms: nobody knows yet how long it
 * will take.
 */
const LATE_MS = 1000;
/** An owner is slow until a request of its is fast, or for this long, ms. */
const FORGET_MS = 600_000;
/** Slow ones together get this share of the slots while others wait. */
const SHARE = 1 / 3;

export function createSlowFilters(): SlowFilters {
  const inFlight = new Set<{ readonly owner: string; readonly at: number }>();
  const slowUntil = new Map<string, number>();
  /** Whose last answer came soon enough. */
  const fast = new Set<string>();
  const waitsFor = (owner: string, ms: number, now: number): boolean =>
    owner !== '' && [...inFlight].some((it) => it.owner === owner && now - it.at >= ms);
  const isSlow = (owner: string, now: number): boolean =>
    owner !== '' && ((slowUntil.get(owner) ?? -Infinity) > now || waitsFor(owner, SLOW_MS, now));
  const slowInFlight = (now: number): number => [...inFlight].filter((it) => isSlow(it.owner, now)).length;
  const judge = (owner: string, wasSlow: boolean, now: number): void => {
    slowUntil.delete(owner);
    for (const [it, until] of slowUntil) if (until <= now) slowUntil.delete(it);
    if (owner === '') return;
    if (wasSlow) slowUntil.set(owner, now + FORGET_MS);
    if (wasSlow) fast.delete(owner);
    else fast.add(owner);
  };
  return {
    began: (owner, at) => {
      const request = { owner, at };
      inFlight.add(request);
      return (now) => {
        inFlight.delete(request);
        judge(owner, now - at >= SLOW_MS, now);
      };
    },
    isHeldBack: (owner, slots, now) => {
      if (waitsFor(owner, LATE_MS, now)) return true;
      return isSlow(owner, now) && slowInFlight(now) >= Math.max(1, Math.floor(slots * SHARE));
    },
    isShutOut: (owner, slots, now) =>
      fast.size > 0 && isSlow(owner, now) && slowInFlight(now) >= Math.max(1, slots - 1),
  };
}

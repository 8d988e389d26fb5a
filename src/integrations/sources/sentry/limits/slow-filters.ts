/** Keeps filters whose requests take long from holding all slots. */
export interface SlowFilters {
  began(owner: string, now: number): { readonly owner: string; readonly at: number };
  ended(request: { readonly owner: string; readonly at: number }, now: number): void;
  /** True when the owner waits for an answer already and longer than usual, or is slow and slow ones hold their share of so many slots. */
  isHeldBack(owner: string, slots: number, now: number): boolean;
  /** True when the owner would take the last of several slots with a slow request while there are owners who are not slow: they may ask at any moment. */
  isShutOut(owner: string, slots: number, now: number): boolean;
}

/** A request that takes longer makes its owner slow, ms: Sentry's slow answers take a few seconds, its own limit is 30 s. */
export const SLOW_MS = 5000;
/** An owner that waits this long for an answer gets no second slot while others wait: nobody knows yet how long it will take, ms. */
export const LATE_MS = 1000;
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
  return {
    began: (owner, now) => {
      const request = { owner, at: now };
      inFlight.add(request);
      return request;
    },
    ended: (request, now) => {
      inFlight.delete(request);
      slowUntil.delete(request.owner);
      for (const [owner, until] of slowUntil) if (until <= now) slowUntil.delete(owner);
      if (request.owner === '') return;
      const wasSlow = now - request.at >= SLOW_MS;
      if (wasSlow) slowUntil.set(request.owner, now + FORGET_MS);
      if (wasSlow) fast.delete(request.owner);
      else fast.add(request.owner);
    },
    isHeldBack: (owner, slots, now) => {
      if (waitsFor(owner, LATE_MS, now)) return true;
      return isSlow(owner, now) && slowInFlight(now) >= Math.max(1, Math.floor(slots * SHARE));
    },
    isShutOut: (owner, slots, now) =>
      fast.size > 0 && isSlow(owner, now) && slowInFlight(now) >= Math.max(1, slots - 1),
  };
}

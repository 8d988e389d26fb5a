/** Keeps filters whose requests take long from holding all slots. */
export interface SlowOwners {
  began(owner: string, now: number): { readonly owner: string; readonly at: number };
  ended(request: { readonly owner: string; readonly at: number }, now: number): void;
  /** True when the owner is slow and slow ones hold their share of so many slots. */
  isHeldBack(owner: string, slots: number, now: number): boolean;
}

/** A request that takes longer makes its owner slow, ms: Sentry's slow answers take a few seconds, its own limit is 30 s. */
export const SLOW_MS = 5000;
/** An owner is slow until a request of its is fast, or for this long, ms. */
const FORGET_MS = 600_000;
/** Slow ones together get this share of the slots while others wait. */
const SHARE = 1 / 3;

export function createSlowOwners(): SlowOwners {
  const inFlight = new Set<{ readonly owner: string; readonly at: number }>();
  const slowUntil = new Map<string, number>();
  const isSlow = (owner: string, now: number): boolean => {
    if (owner === '') return false;
    return (slowUntil.get(owner) ?? -Infinity) > now || [...inFlight].some((it) => it.owner === owner && now - it.at >= SLOW_MS);
  };
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
      if (request.owner !== '' && now - request.at >= SLOW_MS) slowUntil.set(request.owner, now + FORGET_MS);
    },
    isHeldBack: (owner, slots, now) => isSlow(owner, now) && [...inFlight].filter((it) => isSlow(it.owner, now)).length >= Math.max(1, Math.floor(slots * SHARE)),
  };
}

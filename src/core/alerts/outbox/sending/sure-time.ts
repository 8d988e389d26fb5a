import { HOUR_MS } from '../../../model/window.ts';
import type { Meter } from '../../../ports/scope.ts';

/** The same instant as clocks have it that may differ, epoch ms. */
export interface Clocks {
  /** Of this server. */
  readonly own: number;
  /** Of the outbox. */
  readonly shared: number;
}

/** What a pass goes by, epoch ms. */
export interface Instant {
  /** By the outbox's clock, which all servers have. */
  readonly now: number;
  /** So late it is for sure: what ends by its age ends by this. */
  readonly sure: number;
}

/** How late it is for sure, epoch ms. It is asked at each pass. */
export type SureTime = (clocks: Clocks, meter: Pick<Meter, 'isBefore'>) => number;

/** A vendor's clock and ours may differ by so much, ms. */
const MOST_SKEW_MS = 30_000;
/** A clock that went on by more than this since the last pass may have leapt, ms. */
const LEAP_MS = HOUR_MS;
/** After a leap that nobody confirms, it is made up for so many times as fast as time passes. */
const SPEED = 12;

/**
 * The earlier one of two clocks; and where both went on by over an hour at once, the time before, until a vendor's
 * clock confirms them or enough time has passed by them. Who looks less often than that believes the second leap in a
 * row. A clock that a vendor contradicts is not believed.
 */
export function createSureTime(): SureTime {
  let last: number | null = null;
  let sure = 0;
  let hasLeapt = false;
  return ({ own, shared }, meter) => {
    const now = Math.min(own, shared);
    const isDenied = meter.isBefore(now - MOST_SKEW_MS, own);
    const isConfirmed = meter.isBefore(Infinity, own) && !isDenied;
    const passed = last === null ? 0 : now - last;
    const leaps = passed > LEAP_MS;
    if (last === null || isConfirmed || (leaps && hasLeapt && !isDenied)) sure = now;
    else if (!isDenied && !leaps) sure += SPEED * Math.max(0, passed);
    sure = Math.min(sure, now);
    last = now;
    hasLeapt = leaps;
    return sure;
  };
}

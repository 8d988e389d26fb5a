import { Cron } from 'croner';
import { type Wall, wallOf } from '../core/schedules/walls.ts';

const DAY_MS = 86_400_000;

/**
 * The first instant after `after` at which five fields of cron are so on the wall of the zone, epoch ms; null: never
 * again. A time that the clock leaps over comes at the leap, and one that it shows twice comes once;
 * with `*` or steps in minutes or hours it comes each time.
 */
export function cronRun(fields: string, zone: string): (after: number) => number | null {
  const [cron, onWall] = [zone, 'UTC'].map(
    (timezone) => new Cron(fields, { timezone, paused: true, fixedTimeRule: 'no-wildcard' }),
  ) as [Cron, Cron];
  const wall = wallOf(zone);
  const next = (of: Cron, after: number): number | null => of.nextRun(new Date(after))?.getTime() ?? null;
  return (after) => {
    const found = next(cron, after);
    // NOTE: croner passes over what the clock leaps over at the end of a day (23:59 in America/Nuuk, in March).
    for (const leap of leapsIn(wall, after, found ?? after)) {
      const missed = next(onWall, leap.from - 1);
      if (missed !== null && missed < leap.to) return leap.at;
    }
    return found;
  };
}

interface Leap {
  readonly at: number;
  /** What the clock does not show, half-open, as a `Wall` says it. */
  readonly from: number;
  readonly to: number;
}

/** The leaps forward in (after, before). */
function* leapsIn(wall: Wall, after: number, before: number): Generator<Leap> {
  const aheadOf = (at: number): number => wall(at) - Math.floor(at / 1000) * 1000;
  for (let from = after; from < before; from += DAY_MS) {
    const to = Math.min(from + DAY_MS, before - 1);
    const [old, now] = [aheadOf(from), aheadOf(to)];
    if (now <= old) continue;
    let [low, high] = [from, to];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (aheadOf(middle) > old) high = middle;
      else low = middle;
    }
    yield { at: high, from: high + old, to: high + now };
  }
}

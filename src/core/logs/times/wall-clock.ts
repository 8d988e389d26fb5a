import { DAY_MS } from '../../model/window.ts';

/** An instant of a wall time; `isDouble`: the clock showed that time twice, and it is one of the two. */
export interface Instant {
  /** Epoch ms. */
  readonly at: number;
  readonly isDouble: boolean;
}

export interface WallClock {
  /**
   * `wall`: what the clock showed, as if it were UTC, epoch ms. A time that was shown twice is the first that is not
   * before `after`; a time that was never shown is as long after the gap's beginning as it says.
   */
  instant(wall: number, after: number | null): Instant;
}

/** `zone`: an IANA name. Throws a RangeError when there is no such zone. */
export function createWallClock(zone: string): WallClock {
  const offsetAt = offsets(zone);
  const days = new Map<number, readonly [number, number]>();
  /** The offsets around a day: two where it changes. NOTE: looked up once a day, as Intl is slow. */
  const aroundDay = (wall: number): readonly [number, number] => {
    const day = Math.floor(wall / DAY_MS);
    const known = days.get(day);
    if (known !== undefined) return known;
    const found = [offsetAt((day - 1) * DAY_MS), offsetAt((day + 2) * DAY_MS)] as const;
    if (days.size > 1_000) days.clear();
    days.set(day, found);
    return found;
  };
  return {
    instant(wall, after) {
      const [before, later] = aroundDay(wall);
      if (before === later) return { at: wall - before, isDouble: false };
      const fit = [wall - before, wall - later].filter((at) => wall - offsetAt(at) === at);
      const [first = wall - before, second = first] = fit.toSorted((a, b) => a - b);
      const isDouble = first !== second;
      return { at: isDouble && after !== null && first < after ? second : first, isDouble };
    },
  };
}

function offsets(zone: string): (at: number) => number {
  const form = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    hourCycle: 'h23',
  });
  return (at) => {
    const whole = Math.floor(at / 1000) * 1000;
    const part = Object.fromEntries(form.formatToParts(whole).map(({ type, value }) => [type, Number(value)]));
    const { year, month, day, hour, minute, second } = part as Record<string, number>;
    return Date.UTC(year!, month! - 1, day, hour, minute, second) - whole;
  };
}

import { createWallClock } from '../../logs/times/wall-clock.ts';
import type { Calendar, ClockChange } from '../../model/people/calendar.ts';
import { DAY_MS } from '../../model/window.ts';
import { ruleDays, type Steps } from './rule-days.ts';

/** Clocks of the zones that a calendar names. */
export interface Clocks {
  /** Epoch ms of what the clock shows, as if it were UTC; see `WallClock`. */
  instant(wall: number, zone: string): number;
  /** The zone is one that people everywhere know. */
  isKnown(zone: string): boolean;
}

export function clocksOf({ zones }: Pick<Calendar, 'zones'>, steps: Steps): Clocks {
  const clocks = new Map<string, (wall: number) => number>();
  const clockOf = (zone: string): ((wall: number) => number) => {
    const known = clocks.get(zone);
    if (known !== undefined) return known;
    const own = Object.hasOwn(zones, zone) ? zones[zone] : undefined;
    const made = own === undefined ? knownClock(zone) : ownClock(own, steps);
    clocks.set(zone, made);
    return made;
  };
  return {
    instant: (wall, zone) => (zone === 'UTC' ? wall : clockOf(zone)(wall)),
    isKnown: (zone) => zone !== 'UTC' && !Object.hasOwn(zones, zone),
  };
}

function knownClock(zone: string): (wall: number) => number {
  const clock = createWallClock(zone);
  return (wall) => clock.instant(wall, null).at;
}

/** A time that is never shown counts by the clock before; of one that is shown twice the first counts. */
function ownClock(changes: readonly ClockChange[], steps: Steps): (wall: number) => number {
  const first = changes.toSorted((a, b) => a.wall - b.wall)[0];
  return (wall) => {
    const all = changes.flatMap((change) => lastOf(change, wall, steps));
    const last = all.toSorted((a, b) => b.wall - a.wall)[0];
    if (last === undefined) return wall - (first?.before ?? 0);
    const isGap = wall < last.wall + last.after - last.before;
    return wall - (isGap ? last.before : last.after);
  };
}

/** Zones that change at all do so within so many days. */
const LOOK_BACK = 2 * 366;

/** The change's last occurrence that is not after what the clock shows. */
function lastOf(
  change: ClockChange,
  wall: number,
  steps: Steps,
): readonly Pick<ClockChange, 'wall' | 'before' | 'after'>[] {
  const { before, after, rule } = change;
  const today = Math.floor(wall / DAY_MS);
  const time = change.wall - Math.floor(change.wall / DAY_MS) * DAY_MS;
  const walls = [change.wall, ...change.added];
  if (rule !== null)
    for (const day of ruleDays(rule, Math.floor(change.wall / DAY_MS), { from: today - LOOK_BACK, to: today }, steps)) {
      const at = day * DAY_MS + time;
      if (day > today || (rule.until !== null && at - before > rule.until.wall)) break;
      walls.push(at);
    }
  const last = Math.max(...walls.filter((at) => at <= wall));
  return last === -Infinity ? [] : [{ wall: last, before, after }];
}

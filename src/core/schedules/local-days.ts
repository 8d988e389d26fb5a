import type { LocalDay } from '../model/people/sheet.ts';
import type { DayTime } from '../model/reminders/days.ts';
import { DAY_MS } from '../model/window.ts';
import { addDays, dayAt, wallOfDay } from './days.ts';
import { type Wall, wallOf } from './walls.ts';

/** From one day to the other, both of them included. */
export function* daysBetween(first: LocalDay, last: LocalDay): Generator<LocalDay> {
  for (let day = first; day <= last; day = addDays(day, 1)) yield day;
}

/**
 * When that time comes on that day, epoch ms. One that the clock shows twice is the first; one that it leaps over comes
 * at the leap.
 */
export function instantOn(day: LocalDay, { minute, zone }: DayTime): number {
  const wall = wallOf(zone);
  const shown = wallOfDay(day) + minute * 60_000;
  const aheadAt = (at: number): number => wall(at) - at;
  const [before, after] = [shown - aheadAt(shown - DAY_MS), shown - aheadAt(shown + DAY_MS)];
  const [first, last] = [Math.min(before, after), Math.max(before, after)];
  return [first, last].find((at) => wall(at) === shown) ?? leapOver(shown, wall, { first, last });
}

/** The first instant in (first, last] at which the clock shows more than that. */
function leapOver(
  shown: number,
  wall: Wall,
  { first, last }: { readonly first: number; readonly last: number },
): number {
  let [low, high] = [first, last];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (wall(middle) > shown) high = middle;
    else low = middle;
  }
  return high;
}

/** One of them, with its instant, epoch ms. */
export interface TimedDay {
  readonly day: LocalDay;
  readonly at: number;
}

/** Days of which the time comes in (after, to], epoch ms, the first of them first. */
export function* timesIn(time: DayTime, after: number, to: number): Generator<TimedDay> {
  const [first, last] = [dayAt(after - DAY_MS, time.zone), dayAt(to + DAY_MS, time.zone)];
  for (const day of daysBetween(first, last)) {
    const at = instantOn(day, time);
    if (at > after && at <= to) yield { day, at };
  }
}

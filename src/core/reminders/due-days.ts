import type { DayTime } from '../model/reminders/days.ts';
import { DAY_MS } from '../model/window.ts';
import { type TimedDay, timesIn } from '../schedules/local-days.ts';

/** What was missed is told later, but not after so long, ms: then it helps nobody. */
export const REACH_MS = 7 * DAY_MS;
/** From so long after its time on a reminder is late, ms: runs may be an hour apart. */
const LATE_MS = 70 * 60_000;

/** Days of which the time has come and that were not told yet, the oldest first. */
export function dueDays(time: DayTime, toldTo: number, now: number): readonly TimedDay[] {
  return [...timesIn(time, Math.max(toldTo, now - REACH_MS), now)];
}

export function isLate({ at }: TimedDay, now: number): boolean {
  return now > at + LATE_MS;
}

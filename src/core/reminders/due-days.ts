import type { DayTime } from '../model/reminders/days.ts';
import type { ReminderPlan } from '../model/reminders/reminder-plan.ts';
import { DAY_MS } from '../model/window.ts';
import { isOn } from '../schedules/on-days.ts';
import { type TimedDay, timesIn } from '../schedules/local-days.ts';

/** What was missed is told later, but not after so long, ms: then it helps nobody. */
const REACH_MS = 7 * DAY_MS;
/** From so long after its time on a reminder is late, ms: runs may be an hour apart. */
const LATE_MS = 70 * 60_000;

/** Days of which the time has come and that were not told yet, the oldest first. */
export function dueDays(time: DayTime, toldTo: number, now: number): readonly TimedDay[] {
  return [...timesIn(time, Math.max(toldTo, now - REACH_MS), now)];
}

/**
 * When the next one is due, epoch ms: of a text on its next day, of others on the next day; null: not within a year,
 * or nobody knows without its calendar.
 */
export function nextDay({ at, what }: Pick<ReminderPlan, 'at' | 'what'>, now: number): number | null {
  for (const { day, at: instant } of timesIn(at, now, now + 366 * DAY_MS)) {
    if (what.kind !== 'text' || isOn(what.on, day, [])) return instant;
  }
  return null;
}

export function isLate({ at }: TimedDay, now: number): boolean {
  return now > at + LATE_MS;
}

import type { LocalDay } from '../model/people/sheet.ts';
import type { OnDays } from '../model/reminders/days.ts';
import { DAY_MS } from '../model/window.ts';
import { wallOfDay } from './days.ts';

/** An event of a calendar, as far as it counts for days. */
export interface EventDay {
  readonly day: LocalDay;
  readonly title: string;
}

/** Pure: whether it is on, on that day. `events`: of the calendar, those days around. */
export function isOn(on: OnDays, day: LocalDay, events: readonly EventDay[]): boolean {
  const at = wallOfDay(day);
  if (on.kind === 'before')
    return events.some((event) => hasTitle(event, on.title) && wallOfDay(event.day) - at === on.days * DAY_MS);
  const date = new Date(at);
  const [month, dayOfMonth] = [date.getUTCMonth() + 1, date.getUTCDate()];
  if (!on.weekdays.includes(date.getUTCDay())) return false;
  if (on.months.length > 0 && !on.months.includes(month)) return false;
  if (on.nth.length === 0 || on.nth.includes(Math.ceil(dayOfMonth / 7))) return true;
  return on.nth.includes(-1) && new Date(at + 7 * DAY_MS).getUTCMonth() + 1 !== month;
}

export function hasTitle({ title }: Pick<EventDay, 'title'>, part: string): boolean {
  return title.toLowerCase().includes(part.toLowerCase());
}

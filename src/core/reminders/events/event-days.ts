import type { CalendarEvent } from '../../model/people/calendar-event.ts';
import type { LocalDay } from '../../model/people/sheet.ts';
import { dayAt } from '../../schedules/days.ts';
import type { EventDay } from '../../schedules/on-days.ts';
import { wallOf } from '../../schedules/walls.ts';

/** The day on which it begins, by the clock of a zone. */
export function dayOf({ when }: Pick<CalendarEvent, 'when'>, zone: string): LocalDay {
  return when.kind === 'days' ? when.day : dayAt(when.start, zone);
}

export function eventDays(events: readonly CalendarEvent[], zone: string): readonly EventDay[] {
  return events.map((event) => ({ day: dayOf(event, zone), title: event.title }));
}

/** Whether it has begun: of whole days, when they are over. `now`: epoch ms. */
export function isPast({ when }: Pick<CalendarEvent, 'when'>, now: number, zone: string): boolean {
  return when.kind === 'days' ? when.last < dayAt(now, zone) : when.start <= now;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `Fri 2026-02-07` */
function dayWords(day: LocalDay): string {
  return `${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]} ${day}`;
}

/** `Fri 2026-02-07 09:30 to 11:00`, or days alone. */
export function whenWords({ when }: Pick<CalendarEvent, 'when'>, zone: string): string {
  if (when.kind === 'days')
    return when.last === when.day ? dayWords(when.day) : `${dayWords(when.day)} to ${dayWords(when.last)}`;
  const [from, to] = [when.start, when.end].map((at) => ({ day: dayAt(at, zone), time: timeAt(at, zone) })) as [
    Shown,
    Shown,
  ];
  const begin = `${dayWords(from.day)} ${from.time}`;
  if (when.end === when.start) return begin;
  return `${begin} to ${to.day === from.day ? to.time : `${dayWords(to.day)} ${to.time}`}`;
}

interface Shown {
  readonly day: LocalDay;
  readonly time: string;
}

function timeAt(at: number, zone: string): string {
  return new Date(wallOf(zone)(at)).toISOString().slice(11, 16);
}

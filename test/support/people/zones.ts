import { agendaOf } from '../../../src/core/people/calendars/agenda.ts';
import type { CalendarItem } from '../../../src/core/model/people/calendar.ts';

const DAY = 86_400_000;

/** A daily event at a minute of the day, in a zone, from one year to the end of the next. */
export function dailyIn(zone: string, minute: number, year: number) {
  const lists = { byMonth: [], byMonthDay: [], byDay: [], byYearDay: [], byWeekNo: [], bySetPos: [] };
  const item: CalendarItem = {
    ...{ uid: 'a', title: 'Daily', place: null, url: null, text: null, attendees: [] },
    ...{ replaces: null, andLater: false, sequence: 0, isCancelled: false, added: [], left: [] },
    start: { wall: Date.UTC(year, 0, 1) + minute * 60_000, isDay: false, zone },
    ...{ end: null, lasts: null },
    rule: { freq: 'DAILY', interval: 1, count: null, until: null, weekStart: 0, ...lists },
  };
  const until = Date.UTC(year + 2, 0, 1);
  const calendar = { zone, zones: {}, items: [item], leftOut: [] };
  const { events } = agendaOf(calendar, { start: Date.UTC(year, 0, 1) - 2 * DAY, end: until + 2 * DAY, zone });
  return events.flatMap(({ when }) => (when.kind === 'timed' && when.day < `${year + 2}` ? [when] : []));
}

/** Every day of two years, as text, by a plain loop. */
export function daysOf(year: number): readonly string[] {
  const days: string[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 2, 0, 1); at += DAY)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** What the clocks of a zone show then: `2026-03-29 02:30`. */
export function clockOf(zone: string): (at: number) => string {
  const form = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return (at) => form.format(at);
}

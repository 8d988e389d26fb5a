import type { CalendarEvent } from '../../../src/core/model/people/calendar-event.ts';
import type { Agenda } from '../../../src/core/ports/people/sheets.ts';
import { agendaOf } from '../../../src/core/people/calendars/agenda.ts';
import { readCalendar } from '../../../src/integrations/calendars/ics/read-calendar.ts';

/** A calendar of events, each as its lines between spaced slashes. */
export function icsOf(events: readonly string[], head: readonly string[] = ['X-WR-TIMEZONE:Europe/Berlin']): string {
  const all = events.map((text, at) => {
    const lines = text.split(' / ');
    const uid = lines.some((line) => line.startsWith('UID')) ? [] : [`UID:e${at}@example.com`];
    return ['BEGIN:VEVENT', ...uid, ...lines, 'END:VEVENT'];
  });
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...head, ...all.flat(), 'END:VCALENDAR', ''].join('\r\n');
}

interface Asked {
  readonly from?: string;
  readonly to?: string;
  readonly zone?: string;
}

export function agendaIn(text: string, { from = '2026-01-01', to = '2027-01-01', zone = 'UTC' }: Asked = {}): Agenda {
  return agendaOf(readCalendar(text), { start: Date.parse(from), end: Date.parse(to), zone });
}

/** `2026-03-16T08:00 30m Title`, or `2026-03-23..2026-03-29 Title` of days. */
function lineOf({ when, title }: CalendarEvent): string {
  if (when.kind === 'days') return `${when.day}..${when.last} ${title}`;
  const { start, end } = when;
  return `${new Date(start).toISOString().slice(0, 16)} ${(end - start) / 60_000}m ${title}`;
}

export function linesIn(text: string, asked: Asked = {}): readonly string[] {
  return agendaIn(text, asked).events.map(lineOf);
}

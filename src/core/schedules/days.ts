import type { LocalDay } from '../model/people/sheet.ts';
import { DAY_MS } from '../model/window.ts';

/** Of what a clock on the wall shows, as if it were UTC, epoch ms. */
export function dayOfWall(wall: number): LocalDay {
  return new Date(wall).toISOString().slice(0, -14);
}

/** Its midnight, as if it were UTC, epoch ms. */
export function wallOfDay(day: LocalDay): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** `count` may be negative. */
export function addDays(day: LocalDay, count: number): LocalDay {
  return dayOfWall(wallOfDay(day) + count * DAY_MS);
}

const forms = new Map<string, Intl.DateTimeFormat>();

/** The day that calendars there show at an instant, epoch ms. `zone`: IANA name. */
export function dayAt(at: number, zone: string): LocalDay {
  const known = forms.get(zone);
  const form = known ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, ...NUMBERS });
  if (known === undefined) forms.set(zone, form);
  const { year, month, day } = Object.fromEntries(form.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${year!.padStart(4, '0')}-${month!}-${day!}`;
}

const NUMBERS = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

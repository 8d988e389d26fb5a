import { findIana } from 'windows-iana';
import type { ClockChange } from '../../../core/model/people/calendar.ts';
import { momentIn, momentsOf, type ZoneOf } from './moments.ts';
import { type JCalComponent, Odd, propertyOf, textOf } from './property.ts';
import { recurrenceOf } from './recurrence.ts';

/** IANA name of a zone as calendars write it, those of Windows included; null: it is none that is known. */
export function knownZone(written: string): string | null {
  const bare = written
    .trim()
    .replace(/^\/?(?:freeassociation\.sourceforge\.net|mozilla\.org|citadel\.org)\/(?:Tzfile\/)?/, '');
  return canonical(bare) ?? canonical(findIana(bare)[0] ?? '') ?? ofCities(bare);
}

/** As `Intl` has it: not all names that it understands are ones of places. */
function canonical(name: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name) || /^[+-]/.test(name)) return null;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return name;
  } catch {
    return null;
  }
}

/** `(UTC+01:00) Amsterdam, Berlin, Bern`: the first city that has a zone of its own, with that time in winter. */
function ofCities(written: string): string | null {
  const [, sign, hours, minutes, cities] = /^\((?:UTC|GMT)(?:([+-])(\d{2}):(\d{2}))?\) (.{1,200})$/.exec(written) ?? [];
  if (cities === undefined) return null;
  const offset = sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  const names = cities.split(',').map((city) => `/${city.trim().replaceAll(' ', '_')}`);
  const zones = Intl.supportedValuesOf('timeZone');
  const found = names.flatMap((name) => zones.filter((zone) => zone.endsWith(name)));
  return found.find((zone) => Math.min(...[0, 6].map((month) => offsetOf(zone, month))) === offset) ?? null;
}

/** Minutes ahead of UTC at the begin of a month of a year that is over. */
function offsetOf(zone: string, month: number): number {
  const at = Date.UTC(2025, month, 1, 12);
  const form = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const name = form.formatToParts(at).find(({ type }) => type === 'timeZoneName')!.value;
  const [, sign, hours, minutes] = /^GMT([+-])(\d{2}):(\d{2})$/.exec(name) ?? [];
  return sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
}

/** What is said of a zone that only this calendar knows. Throws an Odd where that cannot be followed. */
export function changesOf(zone: JCalComponent): readonly ClockChange[] {
  const [, , observances] = zone;
  if (observances.length === 0 || observances.length > 200) throw new Odd('has a zone whose clock is not said');
  return observances.map((observance) => {
    const start = propertyOf(observance, 'dtstart');
    if (start === undefined) throw new Odd('has a zone whose clock is not said');
    const first = momentIn(start, start[3], noZone);
    return {
      wall: first.wall,
      before: offsetIn(observance, 'tzoffsetfrom'),
      after: offsetIn(observance, 'tzoffsetto'),
      rule: recurrenceOf(observance, { ...first, zone: 'UTC' }, noZone),
      added: momentsOf(observance, 'rdate', noZone).map(({ wall }) => wall),
    };
  });
}

/** Changes of a zone are by its own clock. */
const noZone: ZoneOf = () => 'UTC';

/** Ms. */
function offsetIn(observance: JCalComponent, name: string): number {
  const [, sign, hours, minutes, seconds = 0] =
    /^([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(textOf(observance, name) ?? '') ?? [];
  if (sign === undefined) throw new Odd('has a zone whose clock is not said');
  return Number(`${sign}1`) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

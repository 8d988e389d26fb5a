import type { Moment, Period } from '../../../core/model/people/calendar.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import { type JCalComponent, type JCalProperty, Odd, parameterOf, propertiesOf, valuesOf } from './property.ts';

/** Finds the zone of a name; throws an Odd where nobody knows it. */
export type ZoneOf = (name: string) => string;

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})(?:T(?:(\d{2}):(\d{2}):(\d{2})(Z)?|::))?$/;

/** One value of a property. Throws an Odd. */
export function momentOf(value: unknown, tzid: string | undefined, zoneOf: ZoneOf): Moment {
  const [whole, year, month, day, hour, minute, second, utc] = SHAPE.exec(String(value)) ?? [];
  const midnight = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  const isDate = !Number.isNaN(midnight) && new Date(midnight).getUTCDate() === Number(day);
  const time = (Number(hour ?? 0) * 60 + Number(minute ?? 0)) * 60 + Number(second ?? 0);
  if (whole === undefined || !isDate || time > LONGEST_DAY) throw new Odd('has a date that is none');
  if (hour === undefined) return { wall: midnight, isDay: true, zone: null };
  const own = tzid === undefined ? null : zoneOf(tzid);
  return { wall: midnight + time * 1000, isDay: false, zone: utc === undefined ? own : 'UTC' };
}

/** A leap second may be said. */
const LONGEST_DAY = DAY_MS / 1000;

/** All values of a property that may be there several times, of periods their begins. Throws an Odd. */
export function momentsOf(component: JCalComponent, name: string, zoneOf: ZoneOf): readonly Moment[] {
  return propertiesOf(component, name).flatMap((property) =>
    valuesOf(property).map((value) => momentIn(property, Array.isArray(value) ? value[0] : value, zoneOf)),
  );
}

/** Those values that are periods. Throws an Odd. */
export function periodsOf(component: JCalComponent, name: string, zoneOf: ZoneOf): readonly Period[] {
  return propertiesOf(component, name).flatMap((property) =>
    valuesOf(property).flatMap((value) => (Array.isArray(value) ? periodIn(property, value, zoneOf) : [])),
  );
}

function periodIn(property: JCalProperty, [begin, last]: readonly unknown[], zoneOf: ZoneOf): Period {
  const start = momentIn(property, begin, zoneOf);
  return /^[+-]?P/.test(String(last))
    ? { start, end: null, lasts: durationOf(last) }
    : { start, end: momentIn(property, last, zoneOf), lasts: null };
}

export function momentIn(property: JCalProperty, value: unknown, zoneOf: ZoneOf): Moment {
  return momentOf(value, parameterOf(property, 'tzid'), zoneOf);
}

const DURATION = /^\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/;

/** Throws an Odd, also for what ends before it begins. */
export function durationOf(value: unknown): { readonly days: number; readonly ms: number } {
  const [whole, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = DURATION.exec(String(value)) ?? [];
  if (whole === undefined) throw new Odd('has a duration that is none');
  return {
    days: Number(weeks) * 7 + Number(days),
    ms: ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000,
  };
}

import type { CalendarItem, Moment } from '../../../core/model/people/calendar.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import { durationOf, momentIn, momentsOf, periodsOf, type ZoneOf } from './moments.ts';
import { type JCalComponent, Odd, parameterOf, propertyOf, textOf, valuesOf } from './property.ts';
import { recurrenceOf } from './recurrence.ts';
import { textsOf } from './texts.ts';

const MOST_UID = 500;

export interface OfCalendar {
  readonly zoneOf: ZoneOf;
  /** It says where it is kept. */
  readonly hasZone: boolean;
}

/** An event as it stands in a calendar. Throws an Odd. */
export function itemOf(event: JCalComponent, { zoneOf, hasZone }: OfCalendar): CalendarItem {
  const start = partOf(event, 'dtstart', zoneOf);
  if (start === null) throw new Odd('does not say when it is');
  const end = partOf(event, 'dtend', zoneOf);
  const replaces = partOf(event, 'recurrence-id', zoneOf);
  const duration = propertyOf(event, 'duration');
  const periods = periodsOf(event, 'rdate', zoneOf);
  const item: CalendarItem = {
    uid: (textOf(event, 'uid') ?? '').slice(0, MOST_UID),
    replaces,
    andLater: isAndLater(event),
    sequence: Number(propertyOf(event, 'sequence')?.[3] ?? 0) || 0,
    isCancelled: textOf(event, 'status')?.toUpperCase() === 'CANCELLED',
    start,
    end: end?.isDay === start.isDay ? end : null,
    lasts: end === null && duration !== undefined ? durationOf(valuesOf(duration)[0]) : null,
    rule: replaces === null ? recurrenceOf(event, start, zoneOf) : null,
    added: momentsOf(event, 'rdate', zoneOf),
    left: momentsOf(event, 'exdate', zoneOf),
    ...(periods.length > 0 && { periods }),
    ...textsOf(event),
  };
  const whole = isWholeDays(event, item) ? asDays(item) : item;
  const all = [whole.start, whole.end, whole.replaces, ...whole.added, ...whole.left];
  if (!hasZone && all.some((it) => it !== null && !it.isDay && it.zone === null))
    throw new Odd('does not say in which zone it is, nor does its calendar; write zone: for the calendar');
  return whole;
}

function partOf(event: JCalComponent, name: string, zoneOf: ZoneOf): Moment | null {
  const property = propertyOf(event, name);
  return property === undefined ? null : momentIn(property, property[3], zoneOf);
}

function isAndLater(event: JCalComponent): boolean {
  const property = propertyOf(event, 'recurrence-id');
  return property !== undefined && parameterOf(property, 'range')?.toUpperCase() === 'THISANDFUTURE';
}

/** Some programs write whole days as times from midnight to midnight. */
function isWholeDays(event: JCalComponent, { start, end }: CalendarItem): boolean {
  const isSaid = textOf(event, 'x-microsoft-cdo-alldayevent')?.toUpperCase() === 'TRUE';
  return isSaid && [start, end].every((it) => it === null || it.wall % DAY_MS === 0);
}

function asDays(item: CalendarItem): CalendarItem {
  const day = (moment: Moment): Moment => ({ ...moment, isDay: true, zone: null });
  const { start, end, replaces, added, left } = item;
  return {
    ...item,
    start: day(start),
    end: end && day(end),
    replaces: replaces && day(replaces),
    added: added.map(day),
    left: left.map(day),
  };
}

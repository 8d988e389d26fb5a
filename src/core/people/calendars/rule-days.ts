import type { NthWeekday, Recurrence } from '../../model/people/calendar.ts';
import { DAY_MS } from '../../model/window.ts';

/** Days since 1970. */
type Day = number;

/** Counts steps, so that no calendar keeps the program busy. */
export interface Steps {
  /** Throws a TooManySteps when there are none left. */
  take(count: number): void;
}

export class TooManySteps extends Error {
  override readonly name = 'TooManySteps';
}

export function stepsOf(most: number): Steps {
  let left = most;
  return {
    take(count) {
      left -= count;
      if (left < 0) throw new TooManySteps();
    },
  };
}

/** Both inclusive. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
}

/**
 * The days of a series, in order, as far as `to`; a few that are outside may be among them. Of its `until` nothing is
 * known here.
 */
export function* ruleDays(written: Recurrence, first: Day, { from, to }: Days, steps: Steps): Generator<Day> {
  const rule = withDefaults(written, first);
  const { freq, interval, count } = rule;
  const period = PERIODS[freq];
  const begin = period.of(first, rule);
  const fits = fitOf(rule);
  // NOTE: what is counted is counted from its beginning.
  const skipped = count === null ? Math.max(0, Math.floor((period.of(from, rule) - begin) / interval) - 1) : 0;
  let left = count ?? Infinity;
  const end = Math.min(period.of(to, rule), period.end);
  for (let at = begin + skipped * interval; left > 0 && at <= end; at += interval) {
    const days = period.days(at, rule);
    steps.take(days.length);
    for (const day of atPositions(days.filter(fits), rule.bySetPos)) {
      if (day < first) continue;
      yield day;
      if (--left <= 0) return;
    }
  }
}

/** Periods are numbered, one after the other. */
interface Period {
  of(day: Day, rule: Recurrence): number;
  days(at: number, rule: Recurrence): readonly Day[];
  /** None begins later: no date can be said any more. */
  readonly end: number;
}

const LAST_YEAR = 9999;

const PERIODS: Readonly<Record<Recurrence['freq'], Period>> = {
  DAILY: { of: (day) => day, days: (at) => [at], end: dayOf(LAST_YEAR, 0, 1) },
  WEEKLY: {
    of: (day, { weekStart }) => Math.floor((day + WEEKDAY_OF_FIRST - weekStart) / 7),
    days: (at, { weekStart }) => range(at * 7 - WEEKDAY_OF_FIRST + weekStart, 7),
    end: Math.floor(dayOf(LAST_YEAR, 0, 1) / 7),
  },
  MONTHLY: {
    of: (day) => dateOf(day).year * 12 + dateOf(day).month,
    days: (at) => monthOf(Math.floor(at / 12), at - Math.floor(at / 12) * 12),
    end: LAST_YEAR * 12,
  },
  YEARLY: {
    of: (day, { byWeekNo, weekStart }) => (byWeekNo.length > 0 ? weekYearOf(day, weekStart) : dateOf(day).year),
    days: (at, { byWeekNo, weekStart, byMonth }) =>
      byWeekNo.length > 0 ? weekYear(at, weekStart) : yearOf(at, byMonth),
    end: LAST_YEAR,
  },
};

/** 1970 began on a Thursday; Monday is 0. */
const WEEKDAY_OF_FIRST = 3;

function range(from: Day, length: number): readonly Day[] {
  return Array.from({ length }, (_, at) => from + at);
}

function dayOf(year: number, month: number, day: number): Day {
  return new Date(0).setUTCFullYear(year, month, day) / DAY_MS;
}

/** Month from 0. */
function dateOf(day: Day): { readonly year: number; readonly month: number; readonly date: number } {
  const at = new Date(day * DAY_MS);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth(), date: at.getUTCDate() };
}

function monthOf(year: number, month: number): readonly Day[] {
  const from = dayOf(year, month, 1);
  return range(from, dayOf(year, month + 1, 1) - from);
}

function yearOf(year: number, byMonth: readonly number[]): readonly Day[] {
  const from = dayOf(year, 0, 1);
  if (byMonth.length === 0) return range(from, dayOf(year + 1, 0, 1) - from);
  return byMonth.toSorted((a, b) => a - b).flatMap((month) => monthOf(year, month - 1));
}

function weekdayOf(day: Day): number {
  return (((day + WEEKDAY_OF_FIRST) % 7) + 7) % 7;
}

/** The first day of a year's weeks: of the first week that has four days of it. */
function weeksBegin(year: number, weekStart: number): Day {
  const fourth = dayOf(year, 0, 4);
  return fourth - ((weekdayOf(fourth) - weekStart + 7) % 7);
}

function weekYear(year: number, weekStart: number): readonly Day[] {
  const from = weeksBegin(year, weekStart);
  return range(from, weeksBegin(year + 1, weekStart) - from);
}

function weekYearOf(day: Day, weekStart: number): number {
  const { year } = dateOf(day);
  if (day >= weeksBegin(year + 1, weekStart)) return year + 1;
  return day < weeksBegin(year, weekStart) ? year - 1 : year;
}

type Fit = (day: Day) => boolean;

/** Whether a day of a period is one of the rule's. */
function fitOf(rule: Recurrence): Fit {
  const { freq, byMonth, byMonthDay, byYearDay, byWeekNo, byDay } = rule;
  const all: Fit[] = [];
  if (byMonth.length > 0) all.push((day) => byMonth.includes(dateOf(day).month + 1));
  if (byMonthDay.length > 0) all.push((day) => isAmong(byMonthDay, ...placeInMonth(day)));
  if (byYearDay.length > 0) all.push((day) => isAmong(byYearDay, ...placeInYear(day)));
  if (byWeekNo.length > 0) all.push((day) => isAmong(byWeekNo, ...placeOfWeek(day, rule.weekStart)));
  if (byDay.length > 0) {
    const placeIn = freq === 'MONTHLY' || (freq === 'YEARLY' && byMonth.length > 0) ? placeInMonth : placeInYear;
    all.push((day) => byDay.some((it) => isNth(it, day, placeIn)));
  }
  return (day) => all.every((fits) => fits(day));
}

/** What a rule does not say is as on its first day. */
function withDefaults(rule: Recurrence, first: Day): Recurrence {
  const { freq, byMonth, byMonthDay, byYearDay, byWeekNo, byDay } = rule;
  if (freq === 'DAILY' || [byMonthDay, byYearDay, byDay].some((it) => it.length > 0)) return rule;
  const { month, date } = dateOf(first);
  const sameWeekday = { ...rule, byDay: [{ weekday: weekdayOf(first), nth: null }] };
  if (freq === 'WEEKLY' || byWeekNo.length > 0) return sameWeekday;
  if (freq === 'MONTHLY') return { ...rule, byMonthDay: [date] };
  return { ...rule, byMonth: byMonth.length > 0 ? byMonth : [month + 1], byMonthDay: [date] };
}

/** From 1, and from the end, from -1. */
type Place = readonly [fromBegin: number, fromEnd: number];

function placeInMonth(day: Day): Place {
  const { year, month, date } = dateOf(day);
  return [date, day - dayOf(year, month + 1, 1)];
}

function placeInYear(day: Day): Place {
  const { year } = dateOf(day);
  return [day - dayOf(year, 0, 1) + 1, day - dayOf(year + 1, 0, 1)];
}

function placeOfWeek(day: Day, weekStart: number): Place {
  const year = weekYearOf(day, weekStart);
  const week = Math.floor((day - weeksBegin(year, weekStart)) / 7);
  return [week + 1, week - (weeksBegin(year + 1, weekStart) - weeksBegin(year, weekStart)) / 7];
}

function isAmong(wanted: readonly number[], fromBegin: number, fromEnd: number): boolean {
  return wanted.includes(fromBegin) || wanted.includes(fromEnd);
}

function isNth({ weekday, nth }: NthWeekday, day: Day, placeIn: (day: Day) => Place): boolean {
  if (weekdayOf(day) !== weekday) return false;
  if (nth === null) return true;
  const [fromBegin, fromEnd] = placeIn(day);
  return nth > 0 ? Math.ceil(fromBegin / 7) === nth : Math.floor(fromEnd / 7) === nth;
}

function atPositions(days: readonly Day[], positions: readonly number[]): readonly Day[] {
  if (positions.length === 0) return days;
  const wanted = new Set(positions.map((at) => (at > 0 ? at - 1 : days.length + at)));
  return days.filter((_, at) => wanted.has(at));
}

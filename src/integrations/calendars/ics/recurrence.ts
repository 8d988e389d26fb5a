import type { Moment, NthWeekday, Recurrence } from '../../../core/model/people/calendar.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import { momentOf, type ZoneOf } from './moments.ts';
import { type JCalComponent, Odd, propertiesOf, valuesOf } from './property.ts';

const FREQS = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** ical.js counts them from Sunday, which is 1. */
const FIRST_DAYS = [undefined, 6, 0, 1, 2, 3, 4, 5];

const LISTS = {
  bymonth: { min: 1, max: 12 },
  bymonthday: { min: -31, max: 31 },
  byyearday: { min: -366, max: 366 },
  byweekno: { min: -53, max: 53 },
  bysetpos: { min: -366, max: 366 },
} as const;
const TIMES = ['byhour', 'byminute', 'bysecond'] as const;
const KNOWN = new Set(['freq', 'interval', 'count', 'until', 'byday', 'wkst', ...Object.keys(LISTS), ...TIMES]);

type Rule = Readonly<Record<string, unknown>>;

/** How a component goes on; null: it does not. Throws an Odd for what cannot be followed. */
export function recurrenceOf(component: JCalComponent, start: Moment, zoneOf: ZoneOf): Recurrence | null {
  const rules = propertiesOf(component, 'rrule').flatMap(valuesOf) as readonly Rule[];
  if (propertiesOf(component, 'exrule').length > 0) throw new Odd('has an EXRULE, which calendars must not have');
  if (rules.length > 1) throw new Odd('has two rules');
  return rules[0] === undefined ? null : readRule(rules[0], start, zoneOf);
}

function readRule(rule: Rule, start: Moment, zoneOf: ZoneOf): Recurrence {
  const strange = Object.keys(rule).find((key) => !KNOWN.has(key));
  if (strange !== undefined) throw new Odd(`has a rule with ${strange.toUpperCase().slice(0, 30)}`);
  const freq = FREQS.find((it) => it === rule['freq']);
  if (freq === undefined) throw new Odd('takes place more often than once a day');
  checkTimes(rule, start);
  return {
    freq,
    interval: wholeIn(rule['interval'] ?? 1, { min: 1, max: 100_000 }),
    count: rule['count'] === undefined ? null : wholeIn(rule['count'], { min: 0, max: 1e9 }),
    until: rule['until'] === undefined ? null : untilOf(rule['until'], start, zoneOf),
    byMonth: listIn(rule, 'bymonth'),
    byMonthDay: listIn(rule, 'bymonthday'),
    byDay: entriesOf(rule['byday']).map((it) => weekdayIn(it, freq)),
    byYearDay: listIn(rule, 'byyearday'),
    byWeekNo: listIn(rule, 'byweekno'),
    bySetPos: listIn(rule, 'bysetpos'),
    weekStart: FIRST_DAYS[Number(rule['wkst'] ?? 2)] ?? 0,
  };
}

/** A time without a zone is one of the zone of the first occurrence. */
function untilOf(value: unknown, start: Moment, zoneOf: ZoneOf): Moment {
  const until = momentOf(value, undefined, zoneOf);
  return until.isDay || until.zone !== null ? until : { ...until, zone: start.zone };
}

/** Some programs repeat the time of the first occurrence in the rule. */
function checkTimes(rule: Rule, { wall }: Moment): void {
  const seconds = Math.floor((((wall % DAY_MS) + DAY_MS) % DAY_MS) / 1000);
  const own = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (TIMES.some((key, at) => entriesOf(rule[key]).some((value) => Number(value) !== own[at])))
    throw new Odd('takes place more often than once a day');
}

function listIn(rule: Rule, key: keyof typeof LISTS): readonly number[] {
  return entriesOf(rule[key]).map((value) => {
    const whole = wholeIn(value, LISTS[key]);
    if (whole === 0) throw odd();
    return whole;
  });
}

function weekdayIn(value: unknown, freq: Recurrence['freq']): NthWeekday {
  const [, nth, name] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(String(value)) ?? [];
  const weekday = WEEKDAYS.indexOf(name ?? '');
  if (weekday === -1) throw odd();
  if (nth === undefined) return { weekday, nth: null };
  if (freq === 'DAILY' || freq === 'WEEKLY') throw odd();
  return { weekday, nth: Number(nth) };
}

/** NOTE: ical.js has taken out what is there twice, so no list is long. */
function entriesOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : [value].flat();
}

function wholeIn(value: unknown, { min, max }: { readonly min: number; readonly max: number }): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) throw odd();
  return value;
}

function odd(): Odd {
  return new Odd('has a rule that cannot be followed');
}

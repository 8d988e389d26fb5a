import assert from 'node:assert/strict';
import type { NthWeekday, Recurrence } from '../../../../src/core/model/people/calendar.ts';
import { ruleDays, stepsOf, TooManySteps } from '../../../../src/core/people/calendars/rule-days.ts';

const DAY = 86_400_000;
const day = (text: string): number => Date.parse(text) / DAY;
const [MO, TU, , TH, FR] = [0, 1, 2, 3, 4].map((weekday) => ({ weekday, nth: null })) as NthWeekday[];

function ruleOf(freq: Recurrence['freq'], more: Partial<Recurrence> = {}): Recurrence {
  const lists = { byMonth: [], byMonthDay: [], byDay: [], byYearDay: [], byWeekNo: [], bySetPos: [] };
  return { freq, interval: 1, count: null, until: null, weekStart: 0, ...lists, ...more };
}

/** The first days of a rule that are not before `from`. */
function days(rule: Recurrence, first: string, { most = 5, from = first } = {}): readonly string[] {
  const found: string[] = [];
  for (const it of ruleDays(rule, day(first), { from: day(from), to: day('2040-01-01') }, stepsOf(1e6))) {
    if (it >= day(from)) found.push(new Date(it * DAY).toISOString().slice(0, 10));
    if (found.length === most) break;
  }
  return found;
}

describe('the days of a series', () => {
  for (const [what, rule, first, wanted] of [
    ['daily', ruleOf('DAILY'), '2026-02-27', ['2026-02-27', '2026-02-28', '2026-03-01']],
    ['every other day', ruleOf('DAILY', { interval: 2 }), '2026-02-27', ['2026-02-27', '2026-03-01', '2026-03-03']],
    ['daily in one month', ruleOf('DAILY', { byMonth: [2] }), '2026-02-28', ['2026-02-28', '2027-02-01', '2027-02-02']],
    ['weekly on Tuesday', ruleOf('WEEKLY'), '2026-03-03', ['2026-03-03', '2026-03-10', '2026-03-17']],
    [
      'weekly on two days',
      ruleOf('WEEKLY', { byDay: [MO!, TH!] }),
      '2026-03-03',
      ['2026-03-05', '2026-03-09', '2026-03-12'],
    ],
    [
      'every other week, of weeks that begin on Sunday',
      ruleOf('WEEKLY', { interval: 2, weekStart: 6, byDay: [TU!, { weekday: 6, nth: null }] }),
      '1997-08-05',
      ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31'],
    ],
    [
      'every other week, of weeks that begin on Monday',
      ruleOf('WEEKLY', { interval: 2, byDay: [TU!, { weekday: 6, nth: null }] }),
      '1997-08-05',
      ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24'],
    ],
    ['monthly on the 31st', ruleOf('MONTHLY'), '2026-01-31', ['2026-01-31', '2026-03-31', '2026-05-31', '2026-07-31']],
    [
      'on the first Monday',
      ruleOf('MONTHLY', { byDay: [{ weekday: 0, nth: 1 }] }),
      '2026-02-02',
      ['2026-02-02', '2026-03-02', '2026-04-06', '2026-05-04'],
    ],
    [
      'on the last Friday',
      ruleOf('MONTHLY', { byDay: [{ weekday: 4, nth: -1 }] }),
      '2026-01-30',
      ['2026-01-30', '2026-02-27', '2026-03-27'],
    ],
    [
      'on the last day but one',
      ruleOf('MONTHLY', { byMonthDay: [-2] }),
      '2026-01-30',
      ['2026-01-30', '2026-02-27', '2026-03-30'],
    ],
    [
      'on a Friday the 13th',
      ruleOf('MONTHLY', { byDay: [FR!], byMonthDay: [13] }),
      '2026-01-01',
      ['2026-02-13', '2026-03-13', '2026-11-13'],
    ],
    [
      'on the last working day',
      ruleOf('MONTHLY', { byDay: [0, 1, 2, 3, 4].map((weekday) => ({ weekday, nth: null })), bySetPos: [-1] }),
      '2026-01-30',
      ['2026-01-30', '2026-02-27', '2026-03-31'],
    ],
    ['on 29 February', ruleOf('YEARLY'), '2024-02-29', ['2024-02-29', '2028-02-29', '2032-02-29']],
    ['yearly in two months', ruleOf('YEARLY', { byMonth: [6, 1] }), '2026-01-10', ['2026-01-10', '2026-06-10']],
    [
      'on the 20th Monday of a year',
      ruleOf('YEARLY', { byDay: [{ weekday: 0, nth: 20 }] }),
      '1997-05-19',
      ['1997-05-19', '1998-05-18', '1999-05-17'],
    ],
    [
      'on the second Tuesday of March',
      ruleOf('YEARLY', { byMonth: [3], byDay: [{ weekday: 1, nth: 2 }] }),
      '2026-03-10',
      ['2026-03-10', '2027-03-09'],
    ],
    ['on a day of the year', ruleOf('YEARLY', { byYearDay: [1, -1] }), '2026-01-01', ['2026-01-01', '2026-12-31']],
    [
      'on Monday of week 20',
      ruleOf('YEARLY', { byWeekNo: [20], byDay: [MO!] }),
      '1997-05-12',
      ['1997-05-12', '1998-05-11', '1999-05-17'],
    ],
    ['in the first week', ruleOf('YEARLY', { byWeekNo: [1] }), '2025-12-30', ['2025-12-30', '2027-01-05']],
    ['in the last week', ruleOf('YEARLY', { byWeekNo: [-1] }), '2026-01-01', ['2026-12-31', '2027-12-30']],
  ] as const)
    it(`are right: ${what}`, () => assert.deepEqual(days(rule, first, { most: wanted.length }), wanted));

  it('end after their count, whatever is looked at', () => {
    const thrice = ruleOf('DAILY', { count: 3 });
    assert.deepEqual(days(thrice, '2026-03-01'), ['2026-03-01', '2026-03-02', '2026-03-03']);
    assert.deepEqual(days(thrice, '2026-03-01', { from: '2026-03-03' }), ['2026-03-03']);
    assert.deepEqual(days(ruleOf('DAILY', { count: 0 }), '2026-03-01'), []);
  });

  it('are the same wherever one begins to look', () => {
    for (const rule of [
      ruleOf('DAILY', { interval: 3 }),
      ruleOf('WEEKLY', { interval: 2 }),
      ruleOf('MONTHLY', { interval: 5 }),
      ruleOf('YEARLY', { interval: 3 }),
    ]) {
      const all = days(rule, '2020-01-06', { most: 1_500 });
      const later = days(rule, '2020-01-06', { from: '2023-05-05', most: 2 });
      assert.deepEqual(later, all.filter((it) => it >= '2023-05-05').slice(0, 2));
    }
  });

  it('stop where there are too many steps', () =>
    assert.throws(
      () => [
        ...ruleDays(
          ruleOf('DAILY', { byMonthDay: [29], byMonth: [2] }),
          day('2026-01-01'),
          { from: 0, to: 1e6 },
          stepsOf(1_000),
        ),
      ],
      TooManySteps,
    ));
});

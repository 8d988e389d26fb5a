import assert from 'node:assert/strict';
import { dayAt } from '../../../src/core/schedules/days.ts';
import { instantOn, timesIn } from '../../../src/core/schedules/local-days.ts';

const iso = (at: number): string => new Date(at).toISOString().slice(0, 16);
const on = (day: string, time: string, zone: string): string => {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  return iso(instantOn(day, { minute: hour * 60 + minute, zone }));
};

describe('times of local days', () => {
  for (const [day, time, zone, at] of [
    ['2026-11-30', '09:00', 'Europe/Berlin', '2026-11-30T08:00'],
    ['2027-07-01', '09:00', 'Europe/Berlin', '2027-07-01T07:00'],
    // The clock leaps from 02:00 to 03:00, and shows 02:00 to 03:00 twice.
    ['2027-03-28', '02:30', 'Europe/Berlin', '2027-03-28T01:00'],
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30'],
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30'],
    // Half an hour of summer time; a leap at midnight; one over the end of a day.
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30'],
    ['2027-04-25', '00:00', 'Africa/Cairo', '2027-04-24T22:00'],
    ['2027-03-27', '23:30', 'America/Nuuk', '2027-03-28T01:00'],
    ['2026-11-30', '00:00', 'Asia/Kathmandu', '2026-11-29T18:15'],
  ] as const)
    it(`${day} ${time} ${zone} is ${at} UTC`, () => assert.equal(on(day, time, zone), at));

  it('come once each, from one instant to another', () => {
    const time = { minute: 150, zone: 'Europe/Berlin' };
    const [from, to] = [Date.parse('2026-10-24T00:30Z'), Date.parse('2026-10-26T01:30Z')];
    assert.deepEqual(
      [...timesIn(time, from, to)].map(({ day, at }) => [day, iso(at)]),
      [
        ['2026-10-25', '2026-10-25T00:30'],
        ['2026-10-26', '2026-10-26T01:30'],
      ],
    );
    assert.equal(dayAt(Date.parse('2026-11-30T23:30Z'), 'Europe/Berlin'), '2026-12-01');
  });

  for (const zone of ['Europe/Berlin', 'America/Nuuk', 'Pacific/Chatham', 'Africa/Casablanca', 'America/Santiago'])
    it(`are of 100 days once on each of them, at any quarter, in ${zone}`, () => {
      for (const minute of [0, 15, 135, 1425])
        for (const begin of [Date.parse('2027-02-01T12:00Z'), Date.parse('2027-08-25T12:00Z')]) {
          const days = [...timesIn({ minute, zone }, begin, begin + 100 * 86_400_000)];
          assert.equal(new Set(days.map(({ day }) => day)).size, 100, `${zone} ${minute}`);
          assert.equal(days.length, 100);
        }
    });
});

import assert from 'node:assert/strict';
import { cronRun } from '../../src/platform/cron.ts';

const [FROM, TO] = [Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1)];

/** Days that begin in the zone within two years, by looking at its date each quarter of an hour. */
function localDays(zone: string): number {
  const dates = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  const seen = new Set<string>();
  for (let at = FROM; at < TO; at += 900_000) seen.add(dates.format(at));
  return seen.size;
}

// Times at which some zone's clock leaps or goes back, and one at which none does.
describe('daily schedules', () => {
  for (const [fields, minute] of [
    ['30 2 * * *', 150],
    ['59 23 * * *', 1_439],
    ['0 0 * * *', 0],
    ['0 9 * * *', 540],
  ] as const)
    it(`run as often as there are local days in every zone, at ${fields}`, function () {
      this.timeout(1_800_000);
      const zones = Intl.supportedValuesOf('timeZone');
      assert.ok(zones.length > 400);
      for (const zone of zones) {
        const next = cronRun(fields, zone);
        let runs = 0;
        for (let at = next(FROM - 1); at !== null && at < TO; at = next(at)) runs++;
        const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short', hourCycle: 'h23' });
        const minuteAt = (at: number): number => {
          const [hour, rest] = clock.format(at).split(':').map(Number) as [number, number];
          return hour * 60 + rest;
        };
        // Of the first and the last local day a part lies outside: its time may, too.
        const [early, late] = [minuteAt(FROM) > minute ? 1 : 0, minuteAt(TO - 60_000) < minute ? 1 : 0];
        assert.equal(runs, localDays(zone) - early - late, `${zone} ${fields}`);
      }
    });
});

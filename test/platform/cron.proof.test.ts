import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cronRun } from '../../src/platform/cron.ts';

const [FROM, TO] = [Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1)];
const [QUARTER, HOUR] = [900_000, 3_600_000];
const ZONES = Intl.supportedValuesOf('timeZone');

/** What the clocks of a zone show within two years. */
interface Clocks {
  /** All dates that begin there, by looking at its date each quarter of an hour. */
  readonly dates: ReadonlySet<string>;
  dateAt(at: number): string;
  minuteAt(at: number): number;
}

function clocksOf(zone: string): Clocks {
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short', hourCycle: 'h23' });
  const dates = new Set<string>();
  for (let at = FROM; at < TO; at += QUARTER) dates.add(calendar.format(at));
  return {
    dates,
    dateAt: (at) => calendar.format(at),
    minuteAt: (at) => {
      const [hour, minute] = clock.format(at).split(':').map(Number) as [number, number];
      return hour * 60 + minute;
    },
  };
}

/** The same for zones whose clocks show the same in every hour: what is counted in one holds for all of them. */
function likeness(zone: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const all = createHash('sha256');
  for (let at = FROM; at < TO; at += HOUR) all.update(clock.format(at));
  return all.digest('base64');
}

// Times at which some zone's clock leaps or goes back, and one at which none does.
describe('daily schedules', () => {
  const byZone = new Map<string, Clocks>();

  before(function () {
    this.timeout(1_800_000);
    const known = new Map<string, Clocks>();
    for (const zone of ZONES) {
      const like = likeness(zone);
      const clocks = known.get(like) ?? clocksOf(zone);
      known.set(like, clocks);
      byZone.set(zone, clocks);
    }
    assert.ok(ZONES.length > 400 && known.size > 50, `${ZONES.length} zones, ${known.size} unlike each other`);
  });

  for (const [fields, minute] of [
    ['30 2 * * *', 150],
    ['59 23 * * *', 1_439],
    ['0 0 * * *', 0],
    ['0 9 * * *', 540],
  ] as const)
    it(`run once on every local day in every zone, at ${fields}`, function () {
      this.timeout(1_800_000);
      for (const zone of ZONES) {
        const { dates, dateAt, minuteAt } = byZone.get(zone)!;
        const next = cronRun(fields, zone);
        const runs: string[] = [];
        for (let at = next(FROM - 1); at !== null && at < TO; at = next(at)) runs.push(dateAt(at));
        // Of the first and the last local day a part lies outside: its time may, too.
        const [early, late] = [minuteAt(FROM) > minute ? 1 : 0, minuteAt(TO - 60_000) < minute ? 1 : 0];
        assert.equal(runs.length, dates.size - early - late, `${zone} ${fields}`);
        // A leap at the end of a day leads into the next, which has a run of its own.
        const twice = runs.length - new Set(runs).size;
        assert.ok(twice <= (LEAPS_AT_MIDNIGHT.includes(minute) ? 2 : 0), `${zone} ${fields}: ${twice} days twice`);
      }
    });
});

/** Minutes of the day that a clock leaps over on its way to the next day. */
const LEAPS_AT_MIDNIGHT = [1_439];

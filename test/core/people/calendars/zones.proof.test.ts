import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clockOf, dailyIn, daysOf } from '../../../support/people/zones.ts';

describe('an event of every day, in all zones', function () {
  this.timeout(600_000);

  it('is there once on each of its days, at its time but for the days that do not have it', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      const shown = clockOf(zone);
      const minutes = fc.sample(fc.integer({ min: 0, max: 1_439 }), 3);
      for (const minute of [...minutes, 0, 120, 150, 1_410]) {
        const year = fc.sample(fc.integer({ min: 2012, max: 2036 }), 1)[0]!;
        const events = dailyIn(zone, minute, year);
        assert.deepEqual(
          events.map(({ day }) => day),
          daysOf(year),
          `${zone} ${minute} ${year}`,
        );
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        const others = events.filter(({ start, day }) => shown(start) !== `${day} ${time}`);
        // Clocks that are put on twice a year skip a time at most four times in two years, and thrice more in Ramadan.
        assert.ok(others.length <= 8, `${zone} ${minute} ${year}: ${others.length}`);
      }
    }
  });
});

import assert from 'node:assert/strict';
import { clockOf, dailyIn, daysOf } from '../../../support/people/zones.ts';

/** Clocks that change at midnight, before it, by half an hour, in the south, and never. */
const ZONES = ['Africa/Cairo', 'America/Nuuk', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Kolkata'];

describe('an event of every day, in any zone', () => {
  for (const zone of ZONES)
    it(`is there once on each of its days: ${zone}`, () => {
      for (const minute of [0, 150, 23 * 60 + 30]) {
        const events = dailyIn(zone, minute, 2026);
        assert.deepEqual(
          events.map(({ day }) => day),
          daysOf(2026),
        );
        const shown = clockOf(zone);
        const wanted = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        const others = events.filter(({ start, day }) => shown(start) !== `${day} ${wanted}`);
        assert.ok(others.length <= 2, `${others.length} times at another time than ${wanted}`);
      }
    });
});

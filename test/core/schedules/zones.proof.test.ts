import assert from 'node:assert/strict';
import { timesIn } from '../../../src/core/schedules/local-days.ts';

const DAY_MS = 86_400_000;

describe('times of local days, in every zone', function () {
  this.timeout(600_000);

  for (const minute of [0, 150, 540, 1439])
    it(`come once on each of 730 days, at minute ${minute}`, () => {
      const from = Date.parse('2026-01-01T12:00Z');
      for (const zone of Intl.supportedValuesOf('timeZone')) {
        const days = [...timesIn({ minute, zone }, from, from + 730 * DAY_MS)];
        assert.equal(days.length, 730, zone);
        assert.equal(new Set(days.map(({ day }) => day)).size, 730, zone);
        assert.ok(
          days.every(({ at }, index) => index === 0 || at > days[index - 1]!.at),
          zone,
        );
      }
    });
});

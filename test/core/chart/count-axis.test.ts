import assert from 'node:assert/strict';
import { brief, countTicks } from '../../../src/core/chart/count-axis.ts';

describe('an axis of counts', () => {
  it('counts in equal steps of whole events, from zero to the peak or just above it', () => {
    for (const [peak, ticks] of [
      [0, [0, 1]],
      [1, [0, 1]],
      [3, [0, 1, 2, 3]],
      [7, [0, 2, 4, 6, 8]],
      [23, [0, 5, 10, 15, 20, 25]],
      [87, [0, 20, 40, 60, 80, 100]],
      [100, [0, 20, 40, 60, 80, 100]],
      [1001, [0, 500, 1000, 1500]],
      [30.5, [0, 10, 20, 30, 40]],
    ] as const)
      assert.deepEqual(countTicks(peak), ticks, String(peak));
    assert.deepEqual([0, 9500, 12_000, 12_500, 500_000, 1_500_000].map(brief), [
      '0',
      '9,500',
      '12k',
      '12.5k',
      '500k',
      '1.5M',
    ]);
  });

  it('has steps of 1, 2 or 5, at most five of them, for any peak', () => {
    for (let peak = 0; peak < 3_000_000; peak = Math.ceil(peak * 1.37) + 1) {
      const ticks = countTicks(peak);
      const step = ticks[1]!;
      assert.match(String(step), /^[125]0*$/);
      assert.ok(
        ticks.length <= 6 && ticks.at(-1)! >= peak && ticks.at(-2)! < Math.max(1, peak),
        `${peak}: ${ticks.join()}`,
      );
    }
  });
});

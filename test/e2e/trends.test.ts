import assert from 'node:assert/strict';
import { type Measured, measureTrends, TREND_FILTERS } from '../support/e2e/measure-trends.ts';

/** Ten hours of story: of every kind something begins in it. The whole week is `node test/proofs/week.ts`. */
describe('trends over the lively story', () => {
  let measured: Measured;

  before(async () => {
    measured = await measureTrends(TREND_FILTERS, Date.UTC(2026, 10, 17, 6), 120);
  });

  it('has what the proof needs', () => {
    const { surge, ramp, new: fresh, regressed, single } = measured.planted;
    for (const { begun } of [surge, ramp, fresh, regressed, single])
      assert.ok(begun > 0, JSON.stringify(measured.planted));
    assert.ok(surge.begun >= 4, `${surge.begun} surges`);
  });

  it('name every surge in its first window', () => {
    assert.deepEqual(measured.missed, []);
    assert.equal(measured.planted.surge.named, measured.planted.surge.begun);
  });

  it('name every new and every regressed issue in its first window, and no single event', () => {
    const { new: fresh, regressed, single } = measured.planted;
    assert.deepEqual([fresh.named, regressed.named, single.named], [fresh.begun, regressed.begun, 0]);
  });

  it('name at most one issue a day and filter for which nothing was planted', () => {
    assert.ok(measured.alarmsADay * (measured.windows / 288) <= 1, JSON.stringify(measured.alarms));
  });
});

import assert from 'node:assert/strict';
import { createSureTime } from '../../../../../src/core/alerts/outbox/sending/sure-time.ts';
import { HOUR, MINUTE, TEN } from '../../../../support/alerting/tellings.ts';

/** No vendor said what time it is. */
const NOBODY = { isBefore: () => false };

/** A vendor's clock: what is later than that it certainly is not yet. */
function vendorAt(now: number) {
  return { isBefore: (at: number) => now < at };
}

describe('how late it is for sure', () => {
  it('is what both clocks say, as long as they agree', () => {
    const sure = createSureTime();
    for (let minutes = 0; minutes < 24 * 60; minutes += 55) {
      const now = TEN + minutes * MINUTE;
      assert.equal(sure({ own: now, shared: now }, NOBODY), now);
    }
  });

  it('is the earlier one where they differ', () => {
    const sure = createSureTime();
    assert.equal(sure({ own: TEN + 9 * MINUTE, shared: TEN }, NOBODY), TEN);
    assert.equal(sure({ own: TEN - 4 * MINUTE, shared: TEN + 5 * MINUTE }, NOBODY), TEN - 4 * MINUTE);
  });

  it('stands still at a leap of over an hour, and then makes up for it', () => {
    const sure = createSureTime();
    const at = (hours: number, minutes = 0): number => {
      const now = TEN + hours * HOUR + minutes * MINUTE;
      return (sure({ own: now, shared: now }, NOBODY) - TEN) / HOUR;
    };
    assert.equal(at(0), 0);
    assert.equal(at(3), 0);
    assert.deepEqual([at(3, 5), at(3, 10), at(3, 15), at(3, 20), at(3, 25)], [1, 2, 3, 3 + 20 / 60, 3 + 25 / 60]);
  });

  it('goes on where somebody looks but now and then', () => {
    const sure = createSureTime();
    const told = [0, 2, 4, 8].map((hours) => {
      const now = TEN + hours * HOUR;
      return (sure({ own: now, shared: now }, NOBODY) - TEN) / HOUR;
    });
    assert.deepEqual(told, [0, 0, 4, 8]);
  });

  it('goes back with both clocks at once', () => {
    const sure = createSureTime();
    assert.equal(sure({ own: TEN + 2 * HOUR, shared: TEN + 2 * HOUR }, NOBODY), TEN + 2 * HOUR);
    assert.equal(sure({ own: TEN, shared: TEN }, NOBODY), TEN);
  });

  it('leaps where a vendor confirms it, and stands still where one says otherwise', () => {
    const sure = createSureTime();
    assert.equal(sure({ own: TEN, shared: TEN }, NOBODY), TEN);
    const [leapt, later] = [TEN + 5 * HOUR, TEN + 9 * HOUR];
    assert.equal(sure({ own: leapt, shared: leapt }, vendorAt(leapt - 20_000)), leapt);
    assert.equal(sure({ own: later, shared: later }, vendorAt(leapt)), leapt);
    const still = later + 5 * MINUTE;
    assert.equal(sure({ own: still, shared: still }, vendorAt(leapt + 5 * MINUTE)), leapt);
  });
});

import assert from 'node:assert/strict';
import type { Slot } from '../../../../src/server/pages/data/model.ts';
import { usualOf } from '../../../../src/server/pages/chart/usual.ts';

const slot = (events: number, complete = true): Slot => ({ start: 0, events, complete, revision: 0 });
const slots = (...counts: readonly number[]): Slot[] => counts.map((it) => slot(it));

describe('what is usual', () => {
  it('is the middle half of the twelve counts before, in any order', () => {
    const before = slots(12, 1, 11, 2, 10, 3, 9, 4, 8, 5, 7, 6);
    // Of 1 … 12: a quarter of eleven steps is 2.75, three quarters 8.25.
    assert.deepEqual(usualOf(slots(100), before), [{ low: 3.75, high: 9.25 }]);
    assert.deepEqual(usualOf(slots(100), [...slots(900, 900), ...before]), [{ low: 3.75, high: 9.25 }], 'of no more');
  });

  it('moves along: each slot is judged by those before it alone', () =>
    assert.deepEqual(usualOf(slots(4, 4, 4, 4, 4, 4, 10, 4), []), [
      ...Array<null>(6).fill(null),
      { low: 4, high: 4 },
      { low: 4, high: 4 },
    ]));

  it('is not known of fewer than six whole ones', () => {
    const five = slots(1, 1, 1, 1, 1);
    assert.deepEqual(usualOf(slots(1), five), [null]);
    assert.deepEqual(usualOf(slots(1), [null, slot(9, false), ...five]), [null]);
    assert.deepEqual(usualOf(slots(1), [null, slot(9, false), ...five, slot(1)]), [{ low: 1, high: 1 }]);
  });
});

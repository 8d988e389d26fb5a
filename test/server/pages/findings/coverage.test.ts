import assert from 'node:assert/strict';
import { incompleteIn, missingIn } from '../../../../src/server/pages/findings/coverage.ts';
import type { Slot } from '../../../../src/server/pages/data/model.ts';

const HOUR = 3_600_000;
const slot = (index: number, given: Partial<Slot> = {}): Slot => ({
  start: index * HOUR,
  events: 4,
  complete: true,
  revision: 0,
  counted: 12,
  due: 12,
  ...given,
});
const around = { step: HOUR, span: { start: 0, end: 5 * HOUR }, current: { start: 5 * HOUR - 300_000, end: 5 * HOUR } };

describe('what a filter lacks', () => {
  const told = slot(0, { from: 'source', counted: 0 });
  const first = slot(1, { counted: 11, complete: false });

  it('is nothing of before its first own count, whatever Sentry told of it', () => {
    assert.equal(missingIn({ windows: [told, first, slot(2), slot(3), slot(4)] }, around), 0);
    assert.equal(missingIn({ windows: [null, first, null, slot(3), slot(4)] }, around), 12);
    assert.equal(missingIn({ windows: [told, told, told, told, told] }, around), 0);
  });

  it('is told once: a bar that lacks windows is not incomplete, too', () => {
    const hole = slot(2, { counted: 10, complete: false });
    const part = slot(3, { complete: false });
    const windows = [told, first, hole, part, slot(4)];
    assert.deepEqual([missingIn({ windows }, around), incompleteIn({ windows })], [2, 1]);
    const single = slot(0, { complete: false });
    delete (single as { counted?: number }).counted;
    delete (single as { due?: number }).due;
    assert.equal(incompleteIn({ windows: [single, slot(1), null] }), 1);
  });
});

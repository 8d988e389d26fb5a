import assert from 'node:assert/strict';
import { batches } from '../../../src/core/telling/batches.ts';

/** Windows by their numbers of issues. */
const windows = (...counts: number[]) =>
  counts.map((count) => ({ count, facts: { issues: Array.from({ length: count }, () => ({}) as never) } }));

describe('windows that are decided together', () => {
  const most = { windows: 3, issues: 10 };
  const cut = (...counts: number[]) => batches(windows(...counts), most).map((some) => some.map(({ count }) => count));

  it('are as many as may be, in their order', () => {
    assert.deepEqual(cut(), []);
    assert.deepEqual(cut(1, 2, 3, 4), [[1, 2, 3], [4]]);
    assert.deepEqual(cut(4, 6, 1), [[4, 6], [1]]);
    assert.deepEqual(cut(5, 6, 0, 0), [[5], [6, 0, 0]]);
  });

  it('are alone where one has more issues than all may have', () => {
    assert.deepEqual(cut(1, 11, 1), [[1], [11], [1]]);
    assert.deepEqual(cut(40), [[40]]);
  });

  it('are a hundred without issues, and twelve with twenty each', () => {
    assert.deepEqual(
      batches(windows(...Array.from({ length: 101 }, () => 0))).map((some) => some.length),
      [100, 1],
    );
    assert.deepEqual(
      batches(windows(...Array.from({ length: 30 }, () => 20))).map((some) => some.length),
      [12, 12, 6],
    );
  });
});

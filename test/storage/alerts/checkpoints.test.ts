import assert from 'node:assert/strict';
import { checkpointsOf, hourOf } from '../../../src/storage/alerts/checkpoints.ts';

const [HOUR, FIVE] = [3_600_000, 300_000];

describe('checkpoints of states', () => {
  it('are the last of each hour, in order, of 48 hours before the newest', () => {
    const windows = [HOUR, 2 * HOUR - FIVE, 0, 49 * HOUR, 3 * HOUR];
    assert.deepEqual(
      checkpointsOf(windows.map((window) => ({ window }))).map(({ window }) => window),
      [2 * HOUR - FIVE, 3 * HOUR, 49 * HOUR],
    );
    assert.deepEqual(checkpointsOf([]), []);
  });

  it('of 48 hours to the millisecond', () => {
    assert.deepEqual(checkpointsOf([{ window: HOUR - 1 }, { window: HOUR }, { window: 49 * HOUR }]), [
      { window: HOUR },
      { window: 49 * HOUR },
    ]);
  });

  it('lie in full hours', () => {
    assert.deepEqual([hourOf(0), hourOf(HOUR - 1), hourOf(HOUR)], [0, 0, HOUR]);
  });
});

import assert from 'node:assert/strict';
import { lastRun } from '../../../src/core/schedules/runs.ts';
import { slotsIn } from '../../../src/core/schedules/slots.ts';
import { timeText } from '../../../src/config/watches/spans.ts';

const MINUTE = 60_000;

describe('a schedule that has hardly begun', () => {
  const once = (at: number) => (after: number) => (after < at ? at : null);

  it('has no last time before its first, and its first slot begins when it was known', () => {
    const never = lastRun(() => null, 100 * MINUTE);
    assert.equal(never, null);
    assert.equal(lastRun(once(20 * MINUTE), 100 * MINUTE), 20 * MINUTE);
    assert.deepEqual(slotsIn(once(60 * MINUTE), 31 * MINUTE, 90 * MINUTE), [{ start: 30 * MINUTE, end: 60 * MINUTE }]);
    assert.deepEqual(
      slotsIn(() => null, 0, 90 * MINUTE),
      [],
    );
  });

  it('has its interval as people write it', () =>
    assert.deepEqual([0, 30 * MINUTE, 90 * MINUTE, 1500 * MINUTE].map(timeText), ['0m', '30m', '1h30m', '1d1h']));
});

import assert from 'node:assert/strict';
import { judged, type Patience, type Result, type Trouble } from '../../../../src/core/telling/own/patience.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PASSING: Result = { retryable: true };
/** A certificate that is not trusted: trying again soon does not help, and nobody here can mend it. */
const THEIRS: Result = { retryable: false, passes: true };
const OURS: Result = { retryable: false };

/** What is told when the last good result is so many minutes old. */
const toldAt = (minutes: number, result: Result, isTold = false): Trouble | null =>
  judged({ goodAt: 0, isTold }, result, minutes * MINUTE_MS).tell;

describe('patience with those who answer now and then', () => {
  it('says nothing of trouble that may pass while the last good result is fresh', () => {
    for (const minutes of [1, 5, 20, 149]) assert.equal(toldAt(minutes, PASSING), null);
    assert.equal(toldAt(5, THEIRS), null);
  });

  it('warns from two and a half hours on', () => {
    assert.equal(toldAt(150, PASSING), 'stale');
    assert.equal(toldAt(151, THEIRS), 'stale');
  });

  it('counts whole ages: what is a day and five minutes old is not five minutes old', () => {
    for (const minutes of [1445, 1500, 2 * 1440 + 1, 400 * 1440]) assert.equal(toldAt(minutes, PASSING), 'stale');
  });

  it('says of anything else at once, and each time', () => {
    assert.equal(toldAt(1, OURS), 'failure');
    assert.equal(toldAt(1, OURS, true), 'failure');
  });

  it('takes another limit', () => {
    assert.equal(judged({ goodAt: 0, isTold: false }, PASSING, 30 * MINUTE_MS, HOUR_MS / 2).tell, 'stale');
  });

  it('tells a story once: good, away for 26 hours, back', () => {
    let patience: Patience = { goodAt: 0, isTold: false };
    const told: (readonly [minute: number, Trouble])[] = [];
    const story = Array.from({ length: 27 * 12 }, (_, step): Result => (step < 26 * 12 ? PASSING : null));
    for (const [step, result] of story.entries()) {
      const next = judged(patience, result, (step + 1) * 5 * MINUTE_MS);
      patience = next.patience;
      if (next.tell !== null) told.push([(step + 1) * 5, next.tell]);
    }
    assert.deepEqual(told, [
      [150, 'stale'],
      [26 * 60 + 5, 'recovered'],
    ]);
    assert.deepEqual(patience, { goodAt: 27 * HOUR_MS, isTold: false });
  });
});

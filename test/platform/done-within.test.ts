import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { isDoneWithin } from '../../src/platform/done-within.ts';
import { createClock } from '../support/time/clock.ts';

const never = new Promise<void>(() => undefined);

describe('work that somebody waits for', () => {
  it('is done in time, also in vain', async () => {
    const clock = createClock(() => true);
    assert.equal(await isDoneWithin(1_000, Promise.resolve(), clock), true);
    assert.equal(await isDoneWithin(1_000, Promise.reject(new Error('in vain')), clock), true);
  });

  it('is not waited for any longer once the time is over', async () => {
    assert.equal(await isDoneWithin(1_000, never, createClock()), false);
  });

  it('is not waited for any longer once the signal is aborted', async () => {
    const over = new AbortController();
    const isDone = isDoneWithin(
      1_000,
      never,
      createClock(() => true),
      over.signal,
    );
    over.abort();
    assert.equal(await Promise.race([isDone, setTimeout(1_000, 'waits on')]), false);
    assert.equal(await isDoneWithin(1_000, never, createClock(), AbortSignal.abort()), false);
  });
});

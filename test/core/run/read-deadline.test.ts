import assert from 'node:assert/strict';
import { endEarly, readingMs } from '../../../src/core/run/read-deadline.ts';
import { scopeOf } from '../../support/build/scope.ts';

describe('the time for reading', () => {
  for (const [left, reserve, ms] of [
    [120_000, 15_000, 105_000],
    [30_000, 15_000, 15_000],
    [20_000, 15_000, 10_000],
    [0, 15_000, 0],
    [1_001, 501, 501],
  ] as const) {
    it(`is ${ms} ms of ${left} when ${reserve} are to be kept: at most half is`, () => {
      assert.equal(readingMs(left, reserve), ms);
    });
  }

  /** A clock of which the one sleep is over when it is rung. */
  function bell(): { sleep(ms: number, signal?: AbortSignal): Promise<void>; ring(): void; slept: number[] } {
    const { promise, resolve } = Promise.withResolvers<void>();
    const slept: number[] = [];
    return {
      slept,
      ring: resolve,
      sleep: (ms, signal) => {
        slept.push(ms);
        return Promise.race([
          promise,
          new Promise<void>((_, fail) => signal?.addEventListener('abort', () => fail(new Error('closed')))),
        ]);
      },
    };
  }

  it('ends what is in hand with the reason that was given, and leaves the run alone', async () => {
    const [clock, run, why] = [bell(), scopeOf(), new Error('no time left')];
    const early = endEarly(run, clock, 700, why);
    assert.deepEqual([clock.slept, early.signal.aborted], [[700], false]);
    clock.ring();
    await new Promise(setImmediate);
    assert.deepEqual([early.signal.reason, run.signal.aborted], [why, false]);
  });

  it('is over at once when the run is', () => {
    const run = new AbortController();
    const early = endEarly(scopeOf({ signal: run.signal }), bell(), 700);
    run.abort();
    assert.equal(early.signal.aborted, true);
  });

  it('does not end what was closed', async () => {
    const clock = bell();
    const early = endEarly(scopeOf(), clock, 700);
    early.close();
    await new Promise(setImmediate);
    clock.ring();
    await new Promise(setImmediate);
    assert.equal(early.signal.aborted, false);
  });
});

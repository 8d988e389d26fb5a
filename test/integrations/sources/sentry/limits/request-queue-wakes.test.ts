import assert from 'node:assert/strict';
import { createRequestQueue } from '../../../../../src/integrations/sources/sentry/limits/request-queue.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { gate } from '../../../../support/time/clock.ts';

describe('whoever waits for the time', () => {
  // Timers may fire a little before Date.now() is there.
  for (const earlyMs of [0, 1, 2, 3, 4, 5]) {
    it(`goes when it has come, also when the timer was ${earlyMs} ms early and the clock ticks between two looks at it`, async () => {
      let now = 1_000_000;
      const sleepers: { readonly due: number; wake(): void }[] = [];
      const clock = {
        // A loaded machine: each look takes a millisecond.
        now: () => now++,
        sleep: (ms: number) => new Promise<void>((wake) => void sleepers.push({ due: now + ms, wake })),
      };
      const requestQueue = createRequestQueue(3, clock, new Map([['e', 20]]));
      let gone = 0;
      for (let n = 0; n < 20; n++)
        void requestQueue.slot('e', async () => void gone++, scopeOf({ deadline: Infinity }));

      for (let round = 0; gone < 20 && round < 1_000; round++) {
        await gate(3);
        const next = sleepers.shift();
        if (next !== undefined) {
          now = Math.max(now, next.due - earlyMs);
          next.wake();
        }
      }

      assert.equal(gone, 20);
    });
  }
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createConcurrency } from '../../../../../src/integrations/sources/sentry/limits/concurrency.ts';
import { createRateLimit } from '../../../../../src/integrations/sources/sentry/limits/rate-limit.ts';
import { NOW } from '../../../../support/time/clock.ts';

/** A Sentry's fixed windows, by its own clock, which is `aheadMs` ahead of ours. */
function serverOf(requests: number, seconds: number, aheadMs: number) {
  let window = -1;
  const used = { count: 0, most: 0 };
  return {
    used,
    /** Headers of the answer to a request that arrives at `at` of our clock. `others` were there in the meantime. */
    answer: (at: number, others = 0): Record<string, string> => {
      const theirs = at + aheadMs;
      const now = Math.floor(theirs / 1000 / seconds);
      if (now !== window) [window, used.count] = [now, others];
      used.most = Math.max(used.most, ++used.count);
      return {
        date: new Date(theirs).toUTCString(),
        'x-sentry-rate-limit-limit': String(requests),
        'x-sentry-rate-limit-remaining': String(Math.max(0, requests - used.count)),
        'x-sentry-rate-limit-reset': String((now + 1) * seconds),
        'x-sentry-rate-limit-concurrentlimit': '15',
        'x-sentry-rate-limit-concurrentremaining': '14',
      };
    },
  };
}

describe("the pace of one of Sentry's endpoints", () => {
  it('never passes what the server allows in any of its windows, whatever its clock, and uses most of it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 100 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: -5_000_000, max: 5_000_000 }),
        fc.integer({ min: 1, max: 400 }),
        (requests, seconds, aheadMs, tripMs) => {
          const pace = createRateLimit(0);
          const server = serverOf(requests, seconds, aheadMs);
          const spanMs = seconds * 20_000;
          let [now, sent, answered] = [NOW, 0, 0];
          // A first request alone, then one whenever it may, each heard of after its trip.
          const open: { readonly sentAt: number; readonly headers: Record<string, string> }[] = [];
          for (; now < NOW + spanMs; now++) {
            const here = open[0] !== undefined && open[0].sentAt + tripMs <= now ? open.shift() : undefined;
            if (here !== undefined) {
              pace.observe({ status: 200, ...here }, now);
              pace.ended();
              answered++;
            }
            if (pace.waitMs(now) > 0 || !pace.hasRoom() || (answered === 0 && sent > 0)) continue;
            pace.began(now);
            open.push({ sentAt: now, headers: server.answer(now) });
            sent++;
          }
          assert.ok(server.used.most <= requests, `${server.used.most} of ${requests} in ${seconds} s`);
          // By the limit, and by fifteen at once.
          const possible = Math.min((requests * spanMs) / (seconds * 1000), (15 * spanMs) / tripMs, spanMs);
          assert.ok(sent > possible * 0.6, `${sent} of ${possible}`);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('leaves others what they take', () => {
    const pace = createRateLimit(0);
    const server = serverOf(30, 1, 0);
    const at = Math.ceil(NOW / 1000) * 1000;
    pace.began(at);
    pace.observe({ status: 200, sentAt: at, headers: server.answer(at, 20) }, at);
    pace.ended();
    let sent = 1;
    for (; pace.waitMs(at) === 0; sent++) pace.began(at);
    assert.equal(sent, 30 - 20 - 2, 'the limit, less the others, less what is kept free');
  });

  it('keeps to the requests at once that are left to us', () => {
    const pace = createRateLimit(0);
    for (let n = 0; n < 4; n++) pace.began(NOW);
    pace.observe(
      {
        status: 200,
        sentAt: NOW,
        headers: { 'x-sentry-rate-limit-concurrentlimit': '15', 'x-sentry-rate-limit-concurrentremaining': '1' },
      },
      NOW,
    );
    const seen: boolean[] = [];
    for (let n = 4; n < 7; n++) {
      seen.push(pace.hasRoom());
      pace.began(NOW);
    }
    // 14 are there, four of them ours: others hold ten.
    assert.deepEqual(seen, [true, false, false]);
  });

  it('takes its own requests for its own when they leave a moment after their start', () => {
    const pace = createRateLimit(0);
    for (let n = 0; n < 5; n++) pace.began(NOW);
    for (let left = 4; left > 0; left--) {
      pace.observe(
        {
          status: 200,
          sentAt: NOW + 2,
          headers: { 'x-sentry-rate-limit-concurrentlimit': '15', 'x-sentry-rate-limit-concurrentremaining': '10' },
        },
        NOW + 3,
      );
      pace.ended();
    }
    const seen: boolean[] = [];
    for (let n = 1; n < 16; n++) {
      seen.push(pace.hasRoom());
      pace.began(NOW + 10);
    }
    assert.deepEqual(
      seen,
      [...Array<boolean>(14).fill(true), false],
      'one is still under way, fourteen more may leave',
    );
  });

  it('after a burst of refusals gives up two fifths of its share, once', () => {
    const pace = createRateLimit(0);
    const headers = {
      date: new Date(NOW).toUTCString(),
      'x-sentry-rate-limit-limit': '100',
      'x-sentry-rate-limit-remaining': '95',
      'x-sentry-rate-limit-reset': String(NOW / 1000 + 1),
    };
    for (let n = 0; n < 5; n++) pace.began(NOW);
    for (let n = 0; n < 5; n++) pace.observe({ status: 429, sentAt: NOW + 2, headers }, NOW + 20 + n);
    let sent = 5;
    for (; pace.waitMs(NOW + 30) === 0 && sent < 200; sent++) pace.began(NOW + 30);
    assert.equal(sent, 57, 'three fifths of the limit, less what is kept free');
  });

  for (const [what, headers] of [
    ['none at all', {}],
    ['nonsense', { 'x-sentry-rate-limit-limit': 'many', 'x-sentry-rate-limit-reset': '-1' }],
    ['a limit of nothing', { 'x-sentry-rate-limit-limit': '0' }],
    [
      'a limit without a clock',
      {
        'x-sentry-rate-limit-limit': '3',
        'x-sentry-rate-limit-remaining': '0',
        'x-sentry-rate-limit-reset': '1795168800',
      },
    ],
  ] as const) {
    it(`headers that say ${what} hold up nobody`, () => {
      const pace = createRateLimit(0);
      for (let n = 0; n < 50; n++) {
        pace.began(NOW);
        pace.observe({ status: 200, sentAt: NOW, headers }, NOW);
      }
      assert.deepEqual([pace.waitMs(NOW), pace.hasRoom()], [0, true]);
    });
  }
});

describe('the flow of requests to Sentry', () => {
  it('begins with five and grows by one per answer, up to the most', () => {
    const flow = createConcurrency(8);
    const seen = [flow.slots()];
    for (let n = 0; n < 5; n++) {
      flow.observe({ sentAt: n, isOverloaded: false }, n);
      seen.push(flow.slots());
    }
    assert.deepEqual(seen, [5, 6, 7, 8, 8, 8]);
  });

  it('is halved once for all that left before the halving, and recovers slowly', () => {
    const flow = createConcurrency(10);
    for (let n = 0; n < 9; n++) flow.observe({ sentAt: n, isOverloaded: false }, n);
    for (const sentAt of [10, 11, 12]) flow.observe({ sentAt, isOverloaded: true }, 20);
    assert.equal(flow.slots(), 5);
    flow.observe({ sentAt: 21, isOverloaded: true }, 22);
    assert.equal(flow.slots(), 2);
    let answers = 0;
    for (; flow.slots() < 10; answers++) flow.observe({ sentAt: 30, isOverloaded: false }, 30);
    assert.ok(answers > 30 && answers < 60, `${answers} answers`);
  });

  it('never dries up', () => {
    const flow = createConcurrency(3);
    for (let n = 1; n < 20; n++) flow.observe({ sentAt: 10 * n, isOverloaded: true }, 10 * n + 1);
    assert.equal(flow.slots(), 1);
  });
});

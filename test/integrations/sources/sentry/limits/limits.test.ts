import assert from 'node:assert/strict';
import { depsOf } from '../../../../support/build/deps.ts';
import type { Answer, Reply } from '../../../../support/build/http-mock.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { createClock, gate } from '../../../../support/time/clock.ts';
import { until } from '../../../../support/time/until.ts';
import { withTimeouts } from '../../../../support/time/timeouts.ts';
import {
  askOf,
  createSource,
  details,
  issue,
  issueRows,
  projects,
  readAll,
  rows,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';

/**
 * As Sentry refuses: JSON text as `text/html`, no Retry-After; the reset is Sentry's own clock, which is years ahead of
 * ours.
 */
const TOO_OFTEN: Answer = {
  status: 429,
  body: '{"detail":"You are attempting to use this endpoint too frequently. Limit is 60 requests in 60 seconds"}',
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    Date: 'Mon, 01 Jan 2029 00:00:10 GMT',
    'X-Sentry-Rate-Limit-Reset': String(Date.UTC(2029, 0, 1, 0, 0, 14) / 1000),
  },
};
const AT_ONCE: Answer = {
  ...TOO_OFTEN,
  body: '{"detail":"You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is 1"}',
};
/** As old proxies and old servers wrap it: a 400 that will pass. */
const TIMED_OUT: Answer = {
  status: 400,
  body: {
    detail:
      "\nQuery timeout. Please try again. If the problem persists try a smaller date range or fewer projects. Also consider a\nfilter on the transaction field if you're filtering performance data.\n",
  },
};

describe("Sentry's limits", () => {
  for (const [name, reply, ms] of [
    ['too often', TOO_OFTEN, 5000],
    ['too many at once', AT_ONCE, 1500],
  ] as const) {
    it(`${name}: waits ${ms} ms, as long as asked, by Sentry's own clock`, async () => {
      const deps = depsOf();
      projects();
      totals({}, reply, totalRows([11, 1, 1]));
      const [answer] = await readAll(createSource({}, deps), [askOf({}, 'totals')]);
      assert.ok(answer !== undefined && 'reading' in answer);
      assert.deepEqual(
        deps.clock.slept.filter((it) => it > 0),
        [ms],
      );
    });
  }

  it('told to one request, pause all others until then', async () => {
    const clock = createClock(() => true);
    const source = createSource({ SENTRY_CONCURRENCY: '1' }, depsOf(clock));
    projects();
    const calls = totals({ query: 'message:"a"' }, TOO_OFTEN, totalRows());
    const others = totals({ query: 'message:"b"' }, totalRows());
    const reading = readAll(source, [
      askOf({ name: 'a', searchTerms: ['a'] }, 'totals'),
      askOf({ name: 'b', searchTerms: ['b'] }, 'totals'),
    ]);
    await until('two waits begin', () => clock.slept.length === 2);
    await gate();
    clock.advance(4999);
    await gate();
    assert.deepEqual([calls.length, others.length], [1, 0]);
    clock.advance(1);
    assert.deepEqual(
      [(await reading).map((answer) => 'reading' in answer), calls.length, others.length, clock.slept],
      [[true, true], 2, 1, [5000, 5000]],
    );
  });

  it('told to one endpoint, hold up no other: totals are asked while the issues wait', async () => {
    const clock = createClock((ms) => ms === 5000);
    const source = createSource({}, depsOf(clock));
    projects();
    totals({ query: 'message:"busy"' }, totalRows([11, 1, 1]));
    rows({ query: 'message:"busy"' }, issueRows([7, 11, 1, 1]));
    const issues = details(['7'], ['11'], TOO_OFTEN, { body: [issue('7')] });
    totals({ query: 'message:"free"' }, totalRows());
    const busy = readAll(source, [askOf({ searchTerms: ['busy'] })]);
    await until('a wait of 5000 ms begins', () => clock.slept.includes(5000));
    const [free] = await readAll(source, [askOf({ searchTerms: ['free'] }, 'totals')]);
    assert.ok(free !== undefined && 'reading' in free);
    assert.equal(issues.length, 1);
    clock.advance(5000);
    assert.ok('reading' in (await busy)[0]!);
    assert.equal(issues.length, 2);
  });

  it('waits hold no slot: with one slot another request goes through meanwhile', async () => {
    const clock = createClock((ms) => ms === 1000);
    const source = createSource({ SENTRY_CONCURRENCY: '1' }, depsOf(clock));
    projects();
    totals({ query: 'message:"busy"' }, { status: 503 }, totalRows());
    totals({ query: 'message:"free"' }, totalRows());
    const busy = readAll(source, [askOf({ searchTerms: ['busy'] }, 'totals')]);
    await until('a wait of 1000 ms begins', () => clock.slept.includes(1000));
    await readAll(source, [askOf({ searchTerms: ['free'] }, 'totals')]);
    clock.advance(1000);
    assert.deepEqual(
      (await busy).map((answer) => 'reading' in answer),
      [true],
    );
  });

  it('never are more requests in flight than SENTRY_CONCURRENCY, and as many if there is work', async () => {
    for (const [concurrency, expected] of [
      ['3', 3],
      ['5', 5],
    ] as const) {
      let now = 0;
      let most = 0;
      const slow: Reply = async () => {
        most = Math.max(most, ++now);
        await gate(5);
        now--;
        return { body: { data: [] } };
      };
      projects();
      const terms = Array.from({ length: 9 }, (_, index) => `t${index}`);
      for (const term of terms) totals({ query: `message:"${term}"` }, slow);
      await readAll(
        createSource({ SENTRY_CONCURRENCY: concurrency }),
        terms.map((term) => askOf({ name: term, searchTerms: [term] }, 'totals')),
      );
      assert.equal(most, expected);
    }
  });

  it('a 429 that does not end is a fault after five tries', async () => {
    projects();
    totals({}, ...Array<Reply>(5).fill({ status: 429, body: { detail: 'no' } }));
    const [answer] = await readAll(createSource(), [askOf({}, 'totals')]);
    assert.deepEqual(answer !== undefined && 'fault' in answer && answer.fault, {
      message: 'sentry: answered 429: no',
      retryable: true,
      tooLarge: false,
    });
  });
});

describe("Sentry's passing trouble", () => {
  it('a Query timeout is repeated although it is a 400, and then is a fault that may pass', async () => {
    projects();
    totals({}, TIMED_OUT, TIMED_OUT, TIMED_OUT, TIMED_OUT);
    const [answer] = await readAll(createSource(), [askOf({}, 'totals')]);
    assert.ok(answer !== undefined && 'fault' in answer);
    assert.equal(answer.fault.retryable, true);
    assert.match(answer.fault.message, /^sentry: answered 400: Query timeout\. Please try again\./);
  });

  it('500, 502, 503, 504, a cut and a refused connection are repeated', async () => {
    for (const status of [500, 502, 503, 504]) {
      projects();
      totals({}, { status, body: '<html>' }, 'cut', 'refused', totalRows([11, 3, 1]));
      const scope = scopeOf();
      const [answer] = await readAll(createSource(), [askOf({}, 'totals')], scope);
      assert.ok(answer !== undefined && 'reading' in answer);
      assert.equal(scope.requests(), 5, 'each try is counted');
    }
  });

  it('no answer within SENTRY_TIMEOUT_SECONDS is repeated', () =>
    withTimeouts(async ({ asked, expire }) => {
      projects();
      totals(
        {},
        () => {
          expire();
          return new Promise<never>(() => undefined);
        },
        totalRows([11, 1, 1]),
      );
      await readAll(createSource({ SENTRY_TIMEOUT_SECONDS: '3' }), [askOf({}, 'totals')]);
      assert.deepEqual(
        asked.filter((ms) => ms === 3000),
        [3000, 3000, 3000],
      );
    }));
});

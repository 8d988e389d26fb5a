import assert from 'node:assert/strict';
import { TurnTooLate, type UpstreamError } from '../../../src/core/model/errors.ts';
import { createHttp } from '../../../src/platform/http/client.ts';
import { type Answer, mock } from '../../support/build/http-mock.ts';
import { busy, OK, send, SERVICE_URL } from '../../support/build/http-send.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { createClock, NOW } from '../../support/time/clock.ts';
import { until } from '../../support/time/until.ts';

const DATE = { Date: 'Fri, 20 Nov 2026 10:07:30 GMT' };

describe('http: how long it waits', () => {
  const table: readonly (readonly [string, Answer, number])[] = [
    ['Retry-After in seconds', busy({ 'Retry-After': '7' }), 7000],
    ['Retry-After of 0', busy({ 'Retry-After': '0' }), 0],
    ['Retry-After with a 503', busy({ 'Retry-After': '3' }, 503), 3000],
    [
      'Retry-After as a date, by the clock of the service',
      busy({ ...DATE, 'Retry-After': 'Fri, 20 Nov 2026 10:07:42 GMT' }),
      12_000,
    ],
    ['Retry-After as a date that is past', busy({ ...DATE, 'Retry-After': 'Fri, 20 Nov 2026 10:07:00 GMT' }), 0],
    [
      'Retry-After as a date, without a Date to compare it with',
      busy({ 'Retry-After': 'Fri, 20 Nov 2026 10:07:42 GMT' }),
      5000,
    ],
    ['Retry-After that is no time', busy({ 'Retry-After': 'soon' }), 5000],
    [
      "Sentry's reset, by Sentry's own clock",
      busy({
        Date: 'Mon, 01 Jan 2029 00:00:10 GMT',
        'X-Sentry-Rate-Limit-Reset': String(Date.UTC(2029, 0, 1, 0, 0, 14) / 1000),
      }),
      5000,
    ],
    [
      "Sentry's reset that is past",
      busy({ Date: 'Mon, 01 Jan 2029 00:00:10 GMT', 'X-Sentry-Rate-Limit-Reset': '1000' }),
      1000,
    ],
    ["Sentry's reset without a Date", busy({ 'X-Sentry-Rate-Limit-Reset': '1000' }), 5000],
    [
      "Sentry's limit on concurrency",
      busy({ ...DATE, 'X-Sentry-Rate-Limit-Reset': '9999999999' }, 429, {
        detail: 'You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is 1',
      }),
      1500,
    ],
    ['429 without a hint', busy({}), 5000],
    ['500 without a hint', busy({}, 500), 1000],
    ["Sentry's reset with a 500 says nothing", busy({ ...DATE, 'X-Sentry-Rate-Limit-Reset': '9999999999' }, 500), 1000],
  ];
  for (const [name, reply, ms] of table) {
    it(`${name}: ${ms} ms`, async () => {
      const { slept, waits } = await send([reply, OK]);
      assert.deepEqual(slept, [ms]);
      assert.deepEqual(waits, reply.status === 429 ? [ms] : []);
    });
  }

  it('doubles from 1 s for trouble, with up to a quarter more', async () => {
    assert.deepEqual(
      (await send([{ status: 500 }, 'cut', { status: 503 }, { status: 502 }])).slept,
      [1000, 2000, 4000],
    );
    assert.deepEqual(
      (await send([{ status: 500 }, 'cut', { status: 503 }, { status: 502 }], { random: 0.8 })).slept,
      [1200, 2400, 4800],
    );
  });

  it('doubles from 5 s for limits without a hint, and counts them apart from trouble', async () => {
    const { slept } = await send([
      busy({}),
      { status: 500 },
      busy({}),
      { status: 500 },
      busy({}),
      { status: 500 },
      busy({}),
      busy({}),
    ]);
    assert.deepEqual(slept, [5000, 1000, 10_000, 2000, 20_000, 4000, 40_000]);
  });

  it('a wait that would pass the deadline is not begun, and the error says so', async () => {
    const { slept, error, waits } = await send([busy({ 'Retry-After': '60' })], { deadline: NOW + 60_000 });
    assert.deepEqual([slept, waits], [[], [60_000]], 'but everybody is told of it');
    assert.equal(error?.message, "svc: answered 429; the next try was due in 60 s, after the run's deadline");
    assert.equal(error?.facts.retryable, true);
  });

  it('a wait that ends before the deadline is begun', async () => {
    assert.deepEqual((await send([busy({ 'Retry-After': '60' }), OK], { deadline: NOW + 60_001 })).slept, [60_000]);
  });

  it('each next try is noted with its reason; the log has it for those who look closely', async () => {
    const { lines, repeats } = await send([{ status: 503, body: 'later' }, busy({}), OK]);
    const first = { service: 'svc', status: 503, waitMs: 1000, why: 'svc: answered 503: later' };
    const second = { service: 'svc', status: 429, waitMs: 5000, why: 'svc: answered 429' };
    assert.deepEqual(repeats, [
      { ...first, isFirst: true },
      { ...second, isFirst: false },
    ]);
    assert.deepEqual(
      lines.filter(({ text }) => text === 'trying again'),
      [
        { level: 'debug', text: 'trying again', fields: { ...first, tries: 1 } },
        { level: 'debug', text: 'trying again', fields: { ...second, tries: 2 } },
      ],
    );
  });
});

describe('http: the end of a run', () => {
  it('ends the request in flight at once, and nothing is repeated', async () => {
    const stop = new AbortController();
    const scope = scopeOf({ signal: stop.signal });
    const { error, slept } = await send(
      [
        () => {
          stop.abort();
          return new Promise<never>(() => undefined);
        },
      ],
      { scope },
    );
    assert.equal(error?.message, 'svc: no answer before the run ended');
    assert.deepEqual(
      { ...error.facts },
      { service: 'svc', status: undefined, detail: undefined, retryable: true, aborted: true, maybeStored: true },
    );
    assert.deepEqual(slept, []);
  });

  it('ends a wait between tries', async () => {
    const stop = new AbortController();
    const clock = createClock(() => true);
    mock({ url: SERVICE_URL }, { status: 503 });
    const http = createHttp({ now: clock.now, sleep: clock.sleep, random: () => 0, userAgent: 'x/1' });
    const asked = http({
      service: 'svc',
      method: 'GET',
      url: SERVICE_URL,
      headers: {},
      timeoutMs: 7000,
      repeatSafe: true,
      secrets: [],
      scope: scopeOf({ signal: stop.signal }),
    });
    await until('a wait begins', () => clock.slept.length === 1);
    stop.abort();
    await assert.rejects(
      asked,
      (error: UpstreamError) =>
        error.status === 503 && error.facts.aborted === true && error.facts.maybeStored === false,
    );
  });

  it('a request that queues for a slot never leaves', async () => {
    const stop = new AbortController();
    stop.abort();
    let tries = 0;
    const { error } = await send([], { scope: scopeOf({ signal: stop.signal }), onTry: () => tries++ });
    assert.equal(error?.message, 'svc: not asked, the run had ended');
    assert.deepEqual([tries, error?.facts.maybeStored, error?.facts.aborted], [0, false, true]);
    const refused = async (why: Error): Promise<string | undefined> =>
      (await send([], { slot: () => Promise.reject(why) })).error?.message;
    const late = "svc: not asked, its turn would come after the run's deadline";
    assert.equal(await refused(new Error('aborted')), late);
    assert.equal(await refused(new TurnTooLate('a 429 until 10:42')), `${late} (a 429 until 10:42)`);
  });

  it('a wait between tries holds no slot', async () => {
    let held = 0;
    const heldInSleep: number[] = [];
    const clock = createClock();
    mock({ url: SERVICE_URL }, { status: 503 }, OK);
    const http = createHttp({
      now: clock.now,
      sleep: (ms, signal) => (heldInSleep.push(held), clock.sleep(ms, signal)),
      random: () => 0,
      userAgent: 'x/1',
    });
    await http({
      service: 'svc',
      method: 'GET',
      url: SERVICE_URL,
      headers: {},
      timeoutMs: 7000,
      repeatSafe: true,
      secrets: [],
      scope: scopeOf(),
      slot: async (attempt) => {
        held++;
        return attempt().finally(() => held--);
      },
    });
    assert.deepEqual([heldInSleep, held], [[0], 0]);
  });
});

import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { UpstreamError } from '../../../src/core/model/errors.ts';
import { createHttp, type HttpRequest } from '../../../src/platform/http/client.ts';
import { type Answer, mock, type Reply } from '../../support/build/http-mock.ts';
import { type LogLine, scopeOf } from '../../support/build/scope.ts';
import { encodingsOf as encodings } from '../../support/secrets/encodings.ts';
import { createClock, NOW } from '../../support/time/clock.ts';
import { until } from '../../support/time/until.ts';

const URL_ = 'https://svc.example/things/';
const SECRET = 'k3y/with+signs=="quoted"';
const DATE = { Date: 'Fri, 20 Nov 2026 10:07:30 GMT' };

interface Outcome {
  readonly slept: readonly number[];
  readonly lines: readonly LogLine[];
  readonly waits: readonly number[];
  readonly error: UpstreamError | null;
}

async function send(
  replies: readonly Reply[],
  given: Partial<HttpRequest> & { deadline?: number; random?: number } = {},
): Promise<Outcome> {
  const { deadline = NOW + 3_600_000, random = 0, ...more } = given;
  mock({ url: URL_ }, ...replies);
  const clock = createClock();
  const scope = scopeOf({ deadline });
  const waits: number[] = [];
  const http = createHttp({ now: clock.now, sleep: clock.sleep, random: () => random, userAgent: 'x/1' });
  const request: HttpRequest = {
    service: 'svc',
    method: 'GET',
    url: URL_,
    headers: {},
    timeoutMs: 7000,
    repeatSafe: true,
    secrets: [SECRET],
    scope,
    onWait: (ms) => waits.push(ms),
    ...more,
  };
  const error = await http(request).then(
    () => null,
    (thrown: unknown) => thrown as UpstreamError,
  );
  return { slept: clock.slept, lines: scope.log.lines, waits, error };
}

const OK: Answer = { body: 'ok' };

function busy(headers: Record<string, string>, status = 429, body: unknown = ''): Answer {
  return { status, body, headers };
}

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

  it('each next try is logged with its reason', async () => {
    const { lines } = await send([{ status: 503, body: 'later' }, OK]);
    assert.deepEqual(
      lines.filter(({ level }) => level !== 'debug'),
      [
        {
          level: 'warn',
          text: 'trying again',
          fields: { service: 'svc', status: 503, tries: 1, waitMs: 1000, why: 'svc: answered 503: later' },
        },
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
    mock({ url: URL_ }, { status: 503 });
    const http = createHttp({ now: clock.now, sleep: clock.sleep, random: () => 0, userAgent: 'x/1' });
    const asked = http({
      service: 'svc',
      method: 'GET',
      url: URL_,
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
    const refused = await send([], { slot: () => Promise.reject(new Error('aborted')) });
    assert.equal(refused.error?.message, "svc: not asked, its turn would come after the run's deadline");
  });

  it('a wait between tries holds no slot', async () => {
    let held = 0;
    const heldInSleep: number[] = [];
    const clock = createClock();
    mock({ url: URL_ }, { status: 503 }, OK);
    const http = createHttp({
      now: clock.now,
      sleep: (ms, signal) => (heldInSleep.push(held), clock.sleep(ms, signal)),
      random: () => 0,
      userAgent: 'x/1',
    });
    await http({
      service: 'svc',
      method: 'GET',
      url: URL_,
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

describe('http: what an error says', () => {
  const table: readonly (readonly [string, unknown, string])[] = [
    ['detail', { detail: 'The requested resource does not exist' }, ': The requested resource does not exist'],
    [
      'detail.message',
      { detail: { code: 'sso-required', message: 'Must login via SSO', extra: {} } },
      ': Must login via SSO',
    ],
    ['other JSON as it is', { per_page: ['Invalid'] }, ': {"per_page":["Invalid"]}'],
    ['a detail without words as it is', { detail: 3 }, ': {"detail":3}'],
    ['a page', ' <!DOCTYPE html><html><body>secret</body></html>', ': a web page'],
    ['nothing', '', ''],
    ['text on one line', 'a\n\tb\u0000c ', ': a b c'],
    ['at most 200 characters', 'x'.repeat(201), `: ${'x'.repeat(200)}`],
    ['no half characters', `${'x'.repeat(199)}😀`, `: ${'x'.repeat(199)}\uFFFD`],
  ];
  for (const [name, body, words] of table) {
    it(`takes ${name}`, async () => {
      const { error } = await send([{ status: 400, body }]);
      assert.equal(error?.message, `svc: answered 400${words}`);
    });
  }

  for (const encoding of encodings(SECRET)) {
    it(`never holds a secret that the service echoes (as ${encoding})`, async () => {
      // The last one stands where the text is cut.
      for (const text of [`bad key ${encoding} here`, `${'x'.repeat(180)} ${encoding}`]) {
        const { error, lines } = await send(
          [
            { status: 503, body: text },
            { status: 400, body: text },
          ],
          { headers: { 'Api-Key': SECRET }, params: undefined },
        );
        const all = inspect([error, lines, error?.stack], { depth: 20, showHidden: true });
        for (const form of encodings(SECRET)) assert.ok(!all.includes(form.slice(0, 8)), all);
      }
    });
  }

  it("never holds the client's own error, which keeps headers and query", async () => {
    for (const reply of ['cut', 'refused', { status: 400 }] as const) {
      mock({ url: URL_, query: [['token', SECRET]] }, reply);
      const clock = createClock();
      const http = createHttp({ now: clock.now, sleep: clock.sleep, random: () => 0, userAgent: 'x/1' });
      const error: unknown = await http({
        service: 'svc',
        method: 'GET',
        url: URL_,
        params: [['token', SECRET]],
        headers: { 'Api-Key': SECRET },
        timeoutMs: 1,
        repeatSafe: false,
        secrets: [SECRET],
        scope: scopeOf({ deadline: NOW }),
      }).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof UpstreamError);
      const all = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error);
      for (const form of encodings(SECRET)) assert.ok(!all.includes(form), all);
      assert.equal(error.cause, undefined);
    }
  });
});

describe('http: the debug log', () => {
  it('has a line per answer, without the query, which may hold a token', async () => {
    mock({ url: URL_, query: [['token', SECRET]] }, OK);
    const clock = createClock();
    const scope = scopeOf();
    const http = createHttp({ now: clock.now, sleep: clock.sleep, random: () => 0, userAgent: 'x/1' });
    await http({
      service: 'svc',
      method: 'GET',
      url: URL_,
      params: [['token', SECRET]],
      headers: {},
      timeoutMs: 7000,
      repeatSafe: true,
      secrets: [SECRET],
      scope,
    });
    assert.deepEqual(scope.log.lines, [
      {
        level: 'debug',
        text: 'request answered',
        fields: { service: 'svc', method: 'GET', url: URL_, status: 200, ms: 0 },
      },
    ]);
  });
});

describe('http: who watches', () => {
  interface Watched {
    readonly tries: readonly (readonly [string, number | null, boolean])[];
    readonly waits: readonly number[];
    readonly slept: readonly number[];
  }

  async function watch(replies: readonly Reply[], given: Partial<HttpRequest> = {}): Promise<Watched> {
    mock({ url: URL_ }, ...replies);
    const clock = createClock();
    const seen = { tries: [] as [string, number | null, boolean][], waits: [] as number[] };
    const http = createHttp({
      ...clock,
      random: () => 0,
      userAgent: 'x/1',
      watch: {
        tried: (...it) => void seen.tries.push(it),
        waited: (service, ms) => void (assert.equal(service, 'svc'), seen.waits.push(ms)),
      },
    });
    await http({
      service: 'svc',
      method: 'GET',
      url: URL_,
      headers: {},
      timeoutMs: 7000,
      repeatSafe: true,
      secrets: [],
      scope: scopeOf(),
      ...given,
    }).catch(() => undefined);
    return { ...seen, slept: clock.slept };
  }

  it('is told of every try: its status, or that there was no answer, and whether it was a repetition', async () => {
    const { tries, waits } = await watch([{ status: 503 }, 'cut', 'refused', { status: 200 }]);
    assert.deepEqual(tries, [
      ['svc', 503, false],
      ['svc', null, true],
      ['svc', null, true],
      ['svc', 200, true],
    ]);
    assert.deepEqual(waits, [], 'these are no limits');
  });

  it('is told of waits that a limit asked for, once they are over', async () => {
    const { tries, waits, slept } = await watch([busy({ 'Retry-After': '7' }), { status: 500 }, busy({}), OK]);
    assert.deepEqual(
      tries.map(([, status]) => status),
      [429, 500, 429, 200],
    );
    assert.deepEqual(
      [waits, slept],
      [
        [7000, 10_000],
        [7000, 1000, 10_000],
      ],
    );
  });

  it('is told of no wait that was not begun', async () => {
    const { tries, waits } = await watch([busy({ 'Retry-After': '9999999' })]);
    assert.deepEqual([tries.length, waits], [1, []]);
  });

  for (const [name, replies] of [
    ['trouble', [{ status: 503 }, { status: 503 }]],
    ['limits', [busy({}), busy({})]],
    ['both', [{ status: 503 }, busy({})]],
  ] as const) {
    it(`a request of two tries gives up after the second: ${name}`, async () => {
      assert.equal((await watch(replies, { tries: 2 })).tries.length, 2);
    });
  }
});

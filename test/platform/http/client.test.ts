import assert from 'node:assert/strict';
import { UpstreamError } from '../../../src/core/model/errors.ts';
import { createHttp, type HttpRequest } from '../../../src/platform/http/client.ts';
import { mock, type Reply } from '../../support/build/http-mock.ts';
import { scopeOf, type TestScope } from '../../support/build/scope.ts';
import { type Clock, createClock, NOW } from '../../support/time/clock.ts';
import { withTimeouts } from '../../support/time/timeouts.ts';

const URL_ = 'https://svc.example/things/';
const SECRET = 'k3y/with+signs==';

function setUp(
  given: Partial<HttpRequest> = {},
  random = 0,
): { clock: Clock; scope: TestScope; send: (more?: Partial<HttpRequest>) => Promise<unknown> } {
  const clock = createClock();
  const scope = scopeOf({ deadline: NOW + 120_000 });
  const http = createHttp({
    now: clock.now,
    sleep: clock.sleep,
    random: () => random,
    userAgent: 'sentry-monitor/1.2.3',
  });
  const request: HttpRequest = {
    service: 'svc',
    method: 'GET',
    url: URL_,
    headers: {},
    timeoutMs: 7000,
    repeatSafe: true,
    secrets: [SECRET],
    scope,
    ...given,
  };
  return { clock, scope, send: (more = {}) => http({ ...request, ...more }) };
}

async function failure(promise: Promise<unknown>): Promise<UpstreamError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof UpstreamError) return error;
    throw error;
  }
  throw new Error('it was answered');
}

function times(count: number, reply: Reply): Reply[] {
  return Array.from({ length: count }, () => reply);
}

/** status, tries for a repeat-safe and for another request, retryable, may be stored */
const STATUSES: readonly (readonly [number, number, number, boolean, boolean])[] = [
  [400, 1, 1, false, false],
  [401, 1, 1, false, false],
  [403, 1, 1, false, false],
  [404, 1, 1, false, false],
  [405, 1, 1, false, false],
  [408, 4, 4, true, false],
  [409, 1, 1, false, false],
  [411, 1, 1, false, false],
  [413, 1, 1, false, false],
  [415, 1, 1, false, false],
  [425, 4, 4, true, false],
  [429, 5, 5, true, false],
  [431, 1, 1, false, false],
  [500, 4, 4, true, false],
  [501, 1, 1, false, false],
  [502, 4, 1, true, true],
  [503, 4, 4, true, false],
  [504, 4, 1, true, true],
];

describe('http: one request', () => {
  it('goes out with its query in order, its headers and our name, and gives back the answer', async () => {
    const calls = mock(
      {
        url: URL_,
        query: [
          ['a', '2'],
          ['a', '1'],
          ['b', 'x y&z'],
        ],
        headers: { 'user-agent': 'sentry-monitor/1.2.3', accept: 'application/json', 'x-own': '1' },
      },
      { status: 202, body: ' plain\n', headers: { 'X-Some': 'Thing' } },
    );
    const { send } = setUp({
      params: [
        ['a', '2'],
        ['b', 'x y&z'],
        ['a', '1'],
      ],
      headers: { 'X-Own': '1' },
    });
    const answer = (await send()) as {
      status: number;
      text: string;
      headers: Record<string, string>;
      sentAt: number;
      receivedAt: number;
    };
    assert.deepEqual(
      [answer.status, answer.text, answer.headers['x-some'], answer.sentAt, answer.receivedAt],
      [202, ' plain\n', 'Thing', NOW, NOW],
    );
    assert.equal(calls.length, 1);
  });

  it('posts the bytes it was given', async () => {
    const calls = mock({ method: 'POST', url: URL_, body: { a: 'ü' } }, { body: '{}' });
    await setUp({
      method: 'POST',
      body: Buffer.from('{"a":"ü"}'),
      headers: { 'Content-Type': 'application/json' },
    }).send();
    assert.equal(calls[0]?.text, '{"a":"ü"}');
  });

  it('is not redirected, whatever the answer says', async () => {
    for (const status of [301, 302, 307, 308]) {
      mock({ url: URL_ }, { status, headers: { Location: 'https://elsewhere.example/' } });
      const error = await failure(setUp().send());
      assert.equal(error.message, `svc: answered ${status}, a redirect, which is not followed; check the URL setting`);
      assert.equal(error.facts.retryable, false);
    }
  });
});

describe('http: what is repeated', () => {
  for (const [status, safeTries, otherTries, retryable, maybeStored] of STATUSES) {
    for (const repeatSafe of [true, false]) {
      const tries = repeatSafe ? safeTries : otherTries;
      it(`${status} takes ${tries} tries when the request is ${repeatSafe ? '' : 'not '}repeat-safe`, async () => {
        const calls = mock({ url: URL_ }, ...times(tries, { status, body: 'no' }));
        const error = await failure(setUp({ repeatSafe }).send());
        assert.deepEqual(
          { ...error.facts },
          {
            ...{ service: 'svc', status, detail: 'no', retryable, aborted: undefined, maybeStored },
            ...(status === 501 ? { passes: true } : {}),
          },
        );
        assert.equal(
          error.message,
          `svc: answered ${status}: no${status === 401 || status === 403 ? '; check its key or token and what it may do' : ''}`,
        );
        assert.equal(calls.length, tries);
      });
    }
  }

  for (const [reply, code] of [
    ['refused', 'ECONNREFUSED'],
    ['cut', 'ECONNRESET'],
  ] as const) {
    for (const repeatSafe of [true, false]) {
      const isSafe = reply === 'refused' || repeatSafe;
      it(`a ${reply} connection takes ${isSafe ? 4 : 1} tries when the request is ${repeatSafe ? '' : 'not '}repeat-safe`, async () => {
        mock({ url: URL_ }, ...times(isSafe ? 4 : 1, reply));
        const error = await failure(setUp({ repeatSafe }).send());
        assert.match(error.message, new RegExp(`^svc: .*\\(${code}\\)`));
        assert.deepEqual(
          [error.facts.retryable, error.facts.maybeStored, error.status],
          [true, reply === 'cut', undefined],
        );
      });
    }
  }

  for (const repeatSafe of [true, false]) {
    it(`no answer in time takes ${repeatSafe ? 4 : 1} tries when the request is ${repeatSafe ? '' : 'not '}repeat-safe`, () =>
      withTimeouts(async ({ asked, expire }) => {
        mock(
          { url: URL_ },
          ...times(repeatSafe ? 4 : 1, () => {
            expire();
            return new Promise<never>(() => undefined);
          }),
        );
        const error = await failure(setUp({ repeatSafe }).send());
        assert.equal(error.message, 'svc: no answer within 7 s');
        assert.equal(error.facts.maybeStored, true);
        assert.deepEqual(
          asked,
          times(repeatSafe ? 4 : 1, {}).map(() => 7000),
        );
      }));
  }

  it('a broken certificate is not tried again', async () => {
    mock({ url: URL_ }, () => Promise.reject(Object.assign(new Error('bad'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })));
    const error = await failure(setUp().send());
    assert.equal(
      error.message,
      'svc: no trusted TLS connection (DEPTH_ZERO_SELF_SIGNED_CERT); check the URL setting, the certificates and NODE_EXTRA_CA_CERTS',
    );
    assert.deepEqual([error.facts.retryable, error.facts.maybeStored], [false, false]);
  });

  it("a vendor's own temporary answer is repeated, also for requests that are not repeat-safe", async () => {
    mock({ url: URL_ }, { status: 400, body: 'Query timeout' }, { status: 200, body: 'ok' });
    const { send, clock } = setUp({
      repeatSafe: false,
      temporary: (status, text) => status === 400 && text === 'Query timeout',
    });
    await send();
    assert.deepEqual(clock.slept, [1000]);
  });

  it('an early success after trouble is the answer', async () => {
    mock({ url: URL_ }, { status: 502 }, 'cut', { status: 200, body: 'ok' });
    assert.equal(((await setUp().send()) as { text: string }).text, 'ok');
  });

  it('a try that may have been stored is remembered when a later one is refused', async () => {
    mock({ url: URL_ }, 'cut', { status: 400 });
    const error = await failure(setUp().send());
    assert.deepEqual([error.status, error.facts.maybeStored], [400, true]);
  });
});

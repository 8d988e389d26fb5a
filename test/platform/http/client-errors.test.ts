import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { UpstreamError } from '../../../src/core/model/errors.ts';
import { createHttp } from '../../../src/platform/http/client.ts';
import { mock } from '../../support/build/http-mock.ts';
import { OK, SECRET, send, SERVICE_URL } from '../../support/build/http-send.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { encodingsOf as encodings } from '../../support/secrets/encodings.ts';
import { createClock, NOW } from '../../support/time/clock.ts';

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
      mock({ url: SERVICE_URL, query: [['token', SECRET]] }, reply);
      const clock = createClock();
      const http = createHttp({ now: clock.now, sleep: clock.sleep, random: () => 0, userAgent: 'x/1' });
      const error: unknown = await http({
        service: 'svc',
        method: 'GET',
        url: SERVICE_URL,
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
    mock({ url: SERVICE_URL, query: [['token', SECRET]] }, OK);
    const clock = createClock();
    const scope = scopeOf();
    const http = createHttp({ now: clock.now, sleep: clock.sleep, random: () => 0, userAgent: 'x/1' });
    await http({
      service: 'svc',
      method: 'GET',
      url: SERVICE_URL,
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
        fields: { service: 'svc', method: 'GET', url: SERVICE_URL, status: 200, ms: 0 },
      },
    ]);
  });

  it('has of an address that is itself a secret only scheme and host, whether the request is taken, repeated or given up', async () => {
    const address = 'https://hooks.example.com:8443/a/b7/c';
    for (const replies of [[OK], [{ status: 500, body: 'cannot' }, OK], [{ status: 404 }], ['cut', OK]] as const) {
      mock({ url: address }, ...replies);
      const clock = createClock();
      const scope = scopeOf();
      const http = createHttp({ now: clock.now, sleep: clock.sleep, random: () => 0, userAgent: 'x/1' });
      const error = await http({
        service: 'svc',
        method: 'GET',
        url: address,
        isSecretUrl: true,
        headers: {},
        timeoutMs: 7000,
        repeatSafe: true,
        secrets: [],
        scope,
      }).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      const answered = scope.log.lines.filter(({ text }) => text === 'request answered');
      assert.ok(answered.length > 0);
      for (const { fields } of answered) assert.equal(fields['url'], 'https://hooks.example.com:8443/***');
      assert.doesNotMatch(inspect([scope.log.lines, error], { depth: 20, showHidden: true }), /\/a\/b7|b7\/c/);
    }
  });
});

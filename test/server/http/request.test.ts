import assert from 'node:assert/strict';
import { bearer } from '../../../src/server/http/auth.ts';
import { listen, type Listening } from '../../../src/server/listen.ts';
import { type Stage, stageOf } from '../../support/build/app.ts';
import { fakeSink, type FakeSink, fakeSource } from '../../support/build/fakes.ts';
import { until } from '../../support/time/until.ts';
import { type Answer, ask, bearerLine, hangUpAll, request, talk } from '../../support/hostile/raw-http.ts';

const TOKEN = 'token-0123456789';
const AUTH = bearerLine(TOKEN);
const RUN = request('POST /run', [AUTH]);
const NO_HTTP = 'this is no HTTP that can be read';
const ADDRESS = 'the address in the request line cannot be read';
const TOO_LONG = 'request line and headers take at most 16 KiB';
const PARAMETERS = 'there are at, start, end, filter, sink, debug';
const TOO_LARGE = 'a post needs no body, and takes at most 16kb';

/** What is sent, and the answer: 200, or status and detail. */
const TABLE: readonly (readonly [string, string | Buffer, number, (string | undefined)?])[] = [
  ['no HTTP', 'hello\r\n\r\n', 400, NO_HTTP],
  ['TLS', Buffer.from('16030100c8010000c40303', 'hex'), 400, NO_HTTP],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, NO_HTTP],
  ['an unknown version', request('POST /run', [AUTH]).replace('1.1', '3.0'), 400, NO_HTTP],
  ['an unknown verb', request('BREW /run', [AUTH]), 400, NO_HTTP],
  ['line feeds alone', `POST /run HTTP/1.1\nHost: a\n${AUTH}\n\n`, 400, NO_HTTP],
  ['a space before the colon', request('POST /run', ['X : a', AUTH]), 400, NO_HTTP],
  ['a folded header', request('POST /run', ['X: a', ' b', AUTH]), 400, NO_HTTP],
  ['NUL in the address', request('POST /run?\0', [AUTH]), 400, NO_HTTP],
  [
    'bytes that are no ASCII in the address',
    Buffer.from(request('POST /run?a=\xff\xfe', [AUTH]), 'latin1'),
    400,
    NO_HTTP,
  ],
  ['NUL in a header', request('POST /run', ['X: a\0b', AUTH]), 400, NO_HTTP],
  ['bytes that are no ASCII in a header', Buffer.from(request('POST /run', ['X: \xff\xfe', AUTH]), 'latin1'), 200],
  ['no Host', `POST /run HTTP/1.1\r\n${AUTH}\r\n\r\n`, 400, 'name one Host'],
  ['two Hosts', request('POST /run', ['Host: b', AUTH]), 400, 'name one Host'],
  ['no Host, in HTTP/1.0', `POST /run HTTP/1.0\r\n${AUTH}\r\n\r\n`, 200],
  [
    'Content-Length and Transfer-Encoding',
    request('POST /run', [AUTH, 'Content-Length: 3', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
    400,
    NO_HTTP,
  ],
  ['two Content-Lengths', request('POST /run', [AUTH, 'Content-Length: 3', 'Content-Length: 4'], 'abcd'), 400, NO_HTTP],
  ['a negative Content-Length', request('POST /run', [AUTH, 'Content-Length: -1']), 400, NO_HTTP],
  [
    'a Content-Length beyond all numbers',
    request('POST /run', [AUTH, `Content-Length: ${'9'.repeat(30)}`]),
    400,
    NO_HTTP,
  ],
  ['an unknown Transfer-Encoding', request('POST /run', [AUTH, 'Transfer-Encoding: gzip']), 400, NO_HTTP],
  ['a bad chunk', request('POST /run', [AUTH, 'Transfer-Encoding: chunked'], 'zz\r\n'), 400, NO_HTTP],
  ['too long an address', request(`POST /run?${'x'.repeat(17_000)}`, [AUTH]), 431, TOO_LONG],
  ['too long a header', request('POST /run', [AUTH, `X: ${'x'.repeat(17_000)}`]), 431, TOO_LONG],
  ['too many headers', request('POST /run', [AUTH, ...Array.from({ length: 3400 }, () => 'a:b')]), 431, TOO_LONG],
  [
    'too long a trailer',
    request('POST /run', [AUTH, 'Transfer-Encoding: chunked'], `0\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`),
    431,
    TOO_LONG,
  ],
  ['a host that is none in the address', request('POST http://[bad/run', [AUTH]), 400, ADDRESS],
  ['one that only Express cannot split', request('POST http://%@a/run', [AUTH]), 400, ADDRESS],
  ['a fragment', request('POST /run#?debug=true', [AUTH]), 400, ADDRESS],
  ['the whole address', request('POST http://127.0.0.1/run', [AUTH]), 200],
  [
    'another path behind two slashes',
    request('POST //run', [AUTH]),
    404,
    'there are POST /run, GET /healthz, GET /readyz and GET /metrics',
  ],
  ['all of the server', request('OPTIONS *'), 404, 'there are POST /run, GET /healthz, GET /readyz and GET /metrics'],
  ['a broken escape', request('POST /run?debug=%zz', [AUTH]), 400, 'debug="%zz" is no boolean; write true or false'],
  [
    'thousands of parameters',
    request(`POST /run?${'a=1&'.repeat(3500)}`, [AUTH]),
    400,
    `unknown parameter "a"; ${PARAMETERS}`,
  ],
  ['thousands of filters', request(`POST /run?${'filter=a&'.repeat(1700)}`, [AUTH]), 200],
  [
    'names that every object has',
    request('POST /run?__proto__=1', [AUTH]),
    400,
    `unknown parameter "__proto__"; ${PARAMETERS}`,
  ],
  [
    'the constructor as filter',
    request('POST /run?filter=constructor', [AUTH]),
    400,
    'unknown filter "constructor"; there are a, b',
  ],
  ['a parameter twice', request('POST /run?debug=true&debug=true', [AUTH]), 400, 'debug is given twice; give it once'],
  ['OPTIONS', request('OPTIONS /run'), 405, 'use POST'],
  ['TRACE', request('TRACE /run'), 405, 'use POST'],
  ['CONNECT', request('CONNECT a:80'), 405, 'use POST'],
  [
    'an upgrade to a web socket',
    request('GET /run', ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: x']),
    405,
    'use POST',
  ],
  [
    'an upgrade of a post: not done',
    request('POST /run', [AUTH, 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAA']),
    200,
  ],
  ['a strange expectation', request('POST /run', [AUTH, 'Expect: wonders']), 417, 'only 100-continue can be expected'],
  [
    'an unknown Content-Encoding',
    request('POST /run', [AUTH, 'Content-Encoding: nonsense', 'Content-Length: 1'], 'x'),
    415,
    'the body cannot be read; post without one',
  ],
  [
    'an unknown Content-Encoding in chunks',
    request('POST /run', [AUTH, 'Content-Encoding: nonsense', 'Transfer-Encoding: chunked'], '1\r\nx\r\n0\r\n\r\n'),
    415,
    'the body cannot be read; post without one',
  ],
  ['a Content-Encoding of nothing', request('POST /run', [AUTH, 'Content-Encoding: gzip']), 200],
  ['too large a body that never comes', request('POST /run', [AUTH, 'Content-Length: 16385']), 413, TOO_LARGE],
  [
    'too large a body in chunks without end',
    request(
      'POST /run',
      [AUTH, 'Transfer-Encoding: chunked'],
      `2000\r\n${'x'.repeat(8192)}\r\n`.repeat(2) + '1\r\nx\r\n'.repeat(9),
    ),
    413,
    TOO_LARGE,
  ],
  [
    'as large a body as may be, in chunks',
    request(
      'POST /run',
      [AUTH, 'Transfer-Encoding: chunked'],
      `${`2000\r\n${'x'.repeat(8192)}\r\n`.repeat(2)}0\r\n\r\n`,
    ),
    200,
  ],
  ['a put with a body that never comes', request('PUT /run', ['Content-Length: 99999999']), 405, 'use POST'],
  ['a body that never comes for healthz', request('GET /healthz', ['Content-Length: 99999999']), 200],
  ['a wrong token with a body that never comes', request('POST /run', ['Content-Length: 99999999']), 401, undefined],
  [
    'two tokens, of which the first counts',
    request('POST /run', ['Authorization: Bearer wrong-0123456789', AUTH]),
    401,
    undefined,
  ],
];

describe('what strangers send', () => {
  let stage: Stage;
  let listening: Listening;
  let sink: FakeSink;

  beforeEach(async () => {
    sink = fakeSink();
    stage = stageOf(fakeSource(), [sink], { authorize: bearer([TOKEN]) });
    listening = await listen(
      stage.app,
      { host: '127.0.0.1', port: 0 },
      { sleep: async () => undefined, abort: () => undefined },
    );
  });

  afterEach(async () => {
    hangUpAll();
    await listening.close(0);
  });

  const runs = (): number => stage.log.texts().filter((text) => text === 'run begins').length;
  const send = (bytes: string | Buffer, count?: number): Promise<Answer[]> => ask(listening.port, bytes, count);

  for (const [what, bytes, status, detail] of TABLE) {
    it(`${what}: ${status}`, async () => {
      const [answer, ...more] = await send(bytes, 1);
      assert.deepEqual([answer!.status, more.length], [status, 0]);
      const isRun = status === 200 && answer!.body.includes('reports');
      assert.equal(answer!.headers['sentry-monitor-sent'], isRun ? 'all' : 'none');
      assert.equal(
        answer!.headers['content-type'],
        `application/${status === 200 ? '' : 'problem+'}json; charset=utf-8`,
      );
      if (status !== 200) {
        const { title, ...rest } = JSON.parse(answer!.body) as Record<string, unknown>;
        assert.deepEqual(
          [typeof title, rest],
          ['string', { type: 'about:blank', status, ...(detail === undefined ? {} : { detail }) }],
        );
      }
      assert.equal(runs(), Number(isRun));
      assert.deepEqual(
        (await send(request('GET /healthz'), 1)).map(({ body }) => body),
        ['{"status":"alive"}'],
      );
      assert.deepEqual(
        stage.log.lines.filter(({ level }) => level === 'error'),
        [],
      );
    });
  }

  it('HEAD: the head alone', async () => {
    for (const [line, status] of [
      ['HEAD /healthz', 200],
      ['HEAD /run', 405],
    ] as const) {
      const it = await talk(listening.port, request(line) + request('GET /healthz', ['Connection: close']));
      await until('both are answered', () => it.isEnded());
      assert.match(
        it.text(),
        new RegExp(
          `^HTTP/1.1 ${status} [^{]+Content-Length: [1-9][^{]+\\r\\n\\r\\nHTTP/1.1 200 OK[^{]+{"status":"alive"}$`,
        ),
      );
    }
    const it = await talk(listening.port, request('HEAD /run', ['Content-Length: 9']));
    await until('it is answered and closed', () => it.isEnded());
    assert.match(it.text(), /^HTTP\/1\.1 405 [^{]+\r\n\r\n$/);
  });

  it('many requests in one piece: each is answered in its turn, and what is posted twice is sent once', async () => {
    const answers = await send(
      [
        request('GET /healthz'),
        request('POST /run'),
        RUN,
        RUN,
        request('GET /nothing'),
        RUN,
        request('GET /healthz'),
      ].join(''),
      7,
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 401, 200, 200, 404, 200, 200],
    );
    assert.deepEqual(
      answers.map(({ headers }) => headers['sentry-monitor-sent']),
      ['none', 'none', 'all', 'all', 'none', 'all', 'none'],
    );
    assert.deepEqual([runs(), sink.requests.flat()], [3, ['a/crm-web', 'b/crm-web']]);
  });

  it('100-continue is said to who may post, before the body and not otherwise', async () => {
    const head = (more: readonly string[]): string => request('POST /run', ['Expect: 100-continue', ...more]);
    assert.deepEqual(
      (await send(head(['Content-Length: 5']))).map(({ status }) => status),
      [401],
    );
    assert.deepEqual(
      (await send(head([AUTH, 'Content-Length: 16385']))).map(({ status }) => status),
      [413],
    );
    const it = await talk(listening.port, head([AUTH, 'Content-Length: 5']));
    await until('it may go on', () => it.answers().length === 1);
    assert.deepEqual([it.text(), runs()], ['HTTP/1.1 100 Continue\r\n\r\n', 0]);
    it.send('12345');
    await until('it ran', () => it.answers().length === 2);
    assert.deepEqual([it.answers()[1]!.status, runs()], [200, 1]);
    const old = await send(`POST /run HTTP/1.0\r\nExpect: 100-continue\r\n${AUTH}\r\nContent-Length: 1\r\n\r\nx`);
    assert.deepEqual(
      old.map(({ status }) => status),
      [200],
    );
  });

  it('a body that breaks off starts no run', async () => {
    const it = await talk(listening.port, request('POST /run', [AUTH, 'Content-Length: 9'], 'half'));
    it.socket.end();
    await until('it is told', () => it.isClosed());
    assert.deepEqual([it.answers().map(({ status }) => status), runs()], [[400], 0]);
  });

  describe('without a valid token', () => {
    it('over 30 a minute get a 429 without detail that says when to come again; nothing of this touches a valid token', async () => {
      for (let n = 1; n <= 30; n++)
        assert.deepEqual(
          (await send(request('POST /run'), 1)).map(({ status, headers }) => [
            status,
            headers['www-authenticate'],
            headers['connection'],
          ]),
          [[401, 'Bearer', 'keep-alive']],
        );
      stage.clock.advance(15_000);
      const [over, ...more] = await send(request('POST /run') + RUN);
      assert.deepEqual(
        [
          over!.status,
          over!.headers['retry-after'],
          over!.headers['connection'],
          over!.headers['sentry-monitor-sent'],
          more.length,
          runs(),
        ],
        [429, '45', 'close', 'none', 0, 0],
      );
      assert.deepEqual(
        [over!.headers['content-type'], JSON.parse(over!.body)],
        ['application/problem+json; charset=utf-8', { type: 'about:blank', title: 'Too Many Requests', status: 429 }],
      );
      for (let n = 1; n <= 3; n++) {
        assert.deepEqual(
          (await send(RUN, 1)).map(({ status }) => status),
          [200],
        );
        assert.deepEqual(
          (await send(request('POST /run'), 1)).map(({ status }) => status),
          [429],
        );
      }
      for (const path of ['/healthz', '/readyz'])
        assert.deepEqual(
          (await send(request(`GET ${path}`), 1)).map(({ status }) => status),
          [200],
        );
      stage.clock.advance(45_000);
      assert.deepEqual(
        (await send(request('POST /run'), 1)).map(({ status }) => status),
        [401],
      );
    });

    it('the log tells the first, and the count once the minute is over and anything comes', async () => {
      const warnings = (): unknown[] =>
        stage.log.lines.filter(({ level }) => level === 'warn').map(({ fields, text }) => [text, fields]);
      await send(
        request('POST /run', ['Authorization: Bearer wrong-0123456789']).repeat(10) + request('POST /run').repeat(40),
        31,
      );
      const first = ['post without a valid token', { token: 'wrong', address: '127.0.0.1' }];
      assert.deepEqual(warnings(), [first]);
      stage.clock.advance(60_000);
      await send(request('GET /healthz'), 1);
      assert.deepEqual(warnings(), [
        first,
        ['posts without a valid token within a minute', { missing: 21, wrong: 10, addresses: ['127.0.0.1'] }],
      ]);
      assert.ok(!JSON.stringify(stage.log.lines).includes('wrong-0123456789'));
    });

    it('a server that stops tells the count before it goes', async () => {
      await send(request('POST /run').repeat(2), 2);
      stage.app.stop();
      assert.equal(stage.log.texts().at(-1), 'posts without a valid token within a minute');
    });
  });
});

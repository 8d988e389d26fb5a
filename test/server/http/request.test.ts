import assert from 'node:assert/strict';
import { AUTH, openPosts, type Posts } from '../../support/hostile/posts.ts';
import { request } from '../../support/hostile/raw-http.ts';

const NO_HTTP = 'this is no HTTP that can be read';
const ADDRESS = 'the address in the request line cannot be read';
const TOO_LONG = 'request line and headers take at most 16 KiB';
const PARAMETERS = 'there are at, start, end, filter, sink, debug';
const TOO_LARGE = 'a post needs no body, and takes at most 16kb';

const SEND_IT = 'send the header "Authorization: Bearer <token>", with a token of TRIGGER_TOKEN';

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
    'there are POST /run, POST /due, POST /mute, POST /unmute, POST /deploys, GET /healthz, GET /readyz and GET /metrics',
  ],
  [
    'all of the server',
    request('OPTIONS *'),
    404,
    'there are POST /run, POST /due, POST /mute, POST /unmute, POST /deploys, GET /healthz, GET /readyz and GET /metrics',
  ],
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
  ['a wrong token with a body that never comes', request('POST /run', ['Content-Length: 99999999']), 401, SEND_IT],
  [
    'two tokens, of which the first counts',
    request('POST /run', ['Authorization: Bearer wrong-0123456789', AUTH]),
    401,
    SEND_IT,
  ],
];

describe('what strangers send', () => {
  let posts: Posts;
  beforeEach(async () => void (posts = await openPosts()));
  afterEach(() => posts.close());

  for (const [what, bytes, status, detail] of TABLE) {
    it(`${what}: ${status}`, async () => {
      const [answer, ...more] = await posts.send(bytes, 1);
      assert.deepEqual([answer!.status, more.length], [status, 0]);
      const isRun = status === 200 && answer!.body.includes('reports');
      assert.equal(answer!.headers['sentry-monitor-sent'], isRun ? 'all' : 'none');
      assert.equal(
        answer!.headers['content-type'],
        `application/${status === 200 ? '' : 'problem+'}json; charset=utf-8`,
      );
      if (status !== 200) {
        const { title, ...rest } = JSON.parse(answer!.body) as Record<string, unknown>;
        assert.deepEqual([typeof title, rest], ['string', { type: `docs/faults.md#http-${status}`, status, detail }]);
      }
      assert.equal(posts.runs(), Number(isRun));
      assert.deepEqual(
        (await posts.send(request('GET /healthz'), 1)).map(({ body }) => body),
        ['{"status":"alive"}'],
      );
      assert.deepEqual(
        posts.stage.log.lines.filter(({ level }) => level === 'error'),
        [],
      );
    });
  }
});

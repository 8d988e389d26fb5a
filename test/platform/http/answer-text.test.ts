import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { UpstreamError } from '../../../src/core/model/errors.ts';
import { textOf } from '../../../src/platform/http/answer-text.ts';
import { createHttp } from '../../../src/platform/http/client.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { createClock, NOW } from '../../support/time/clock.ts';

const MB = 1024 * 1024;
const TOO_LARGE =
  'svc: its answer is larger than 32 MB, so it was not read; ' +
  'ask for less, or check the URL setting and what stands between';

const servers: Server[] = [];

/** Every request, and what it was told. */
async function ask(
  listener: RequestListener,
  repeatSafe = true,
): Promise<{ readonly requests: number; readonly slept: readonly number[]; readonly result: string | UpstreamError }> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    request.resume();
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const clock = createClock();
  const http = createHttp({ now: clock.now, sleep: clock.sleep, random: () => 0, userAgent: 'x/1' });
  const result = await http({
    service: 'svc',
    method: 'GET',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    headers: {},
    timeoutMs: 30_000,
    repeatSafe,
    secrets: [],
    scope: scopeOf({ deadline: NOW + 3_600_000 }),
  }).then(
    ({ text }) => text,
    (error: unknown) => error as UpstreamError,
  );
  return { requests, slept: clock.slept, result };
}

/** In pieces of one megabyte, without saying how many there will be. */
function pieces(response: ServerResponse, count: number, then = ''): void {
  const piece = Buffer.alloc(MB, 'x');
  let left = count;
  const more = (): void => {
    while (left-- > 0) if (!response.write(piece)) return void response.once('drain', more);
    response.end(then);
  };
  more();
}

describe('http: the text of an answer', () => {
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  const tooLarge: readonly (readonly [string, RequestListener])[] = [
    ['comes in pieces', (_, response) => pieces(response, 32, 'y')],
    ['says its length', (_, response) => void response.end(Buffer.alloc(32 * MB + 1, 'x'))],
    [
      'is small until it is unpacked',
      (_, response) => {
        response.setHeader('content-encoding', 'gzip');
        response.end(gzipSync(Buffer.alloc(32 * MB + 1)));
      },
    ],
    [
      'has a status that would be tried again',
      (_, response) => {
        response.statusCode = 503;
        pieces(response, 33);
      },
    ],
  ];
  for (const [name, listener] of tooLarge)
    it(`of more than 32 MB that ${name} is final, and asked for once`, async () => {
      const { requests, slept, result } = await ask(listener);
      assert.ok(result instanceof UpstreamError);
      assert.equal(result.message, TOO_LARGE);
      assert.equal(result.facts.answerTooLarge, true);
      assert.equal(result.facts.retryable, false);
      assert.deepEqual([requests, slept], [1, []]);
    });

  it('that says a length of more than 32 MB is not even begun to be read', async () => {
    let sent = 0;
    const { result } = await ask((_, response) => {
      response.setHeader('content-length', 64 * MB);
      const piece = Buffer.alloc(MB, 'x');
      const more = (): void => {
        for (let left = 64 - sent; left > 0; left--) {
          sent++;
          if (!response.write(piece)) return void response.once('drain', more);
        }
      };
      more();
    });
    assert.ok(result instanceof UpstreamError);
    assert.equal(result.message, TOO_LARGE);
    // What the kernel's buffers took.
    assert.ok(sent < 16, `${sent} MB were sent`);
  });

  it('of more than 32 MB leaves open whether a request was stored that must not be sent twice', async () => {
    const { requests, result } = await ask((_, response) => pieces(response, 33), false);
    assert.ok(result instanceof UpstreamError);
    assert.deepEqual([requests, result.facts.maybeStored, result.facts.answerTooLarge], [1, true, true]);
  });

  it('of 32 MB is read whole', async () => {
    const { result } = await ask((_, response) => pieces(response, 31, `${'z'.repeat(MB - 1)}!`));
    assert.ok(typeof result === 'string');
    assert.equal(result.length, 33_554_432);
    assert.deepEqual([result.at(0), result.at(32_505_856), result.at(-1)], ['x', 'z', '!']);
  });

  it('is the same however its bytes are cut', async () => {
    for (const size of [0, 1, 2, 1000, 3 * MB]) {
      const whole = Buffer.from('é€😀"'.repeat(Math.ceil(size / 10)));
      const cut: Buffer[] = [];
      for (let at = 0; at < whole.length; at += 65_521) cut.push(whole.subarray(at, at + 65_521));
      assert.ok((await textOf(Readable.from(cut), undefined)) === whole.toString(), `${size} bytes`);
    }
  });

  it('has no byte order mark', async () => {
    assert.equal(await textOf(Readable.from([Buffer.from('\uFEFF{"a":"\uFEFF"}')]), undefined), '{"a":"\uFEFF"}');
  });

  it('that ends too early is none', async () => {
    const { requests, result } = await ask((_, response) => {
      response.setHeader('content-length', 100);
      response.write('half', () => response.destroy());
    });
    assert.ok(result instanceof UpstreamError);
    assert.match(result.message, /^svc: the connection broke/);
    assert.deepEqual([requests, result.facts.retryable, result.facts.answerTooLarge], [4, true, undefined]);
  });
});

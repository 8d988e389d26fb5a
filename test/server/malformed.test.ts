import assert from 'node:assert/strict';
import { reply } from '../../src/server/http/responses.ts';
import { until } from '../support/time/until.ts';
import { ask, request, talk } from '../support/hostile/raw-http.ts';
import { assertLastProblem, createStand, gist, HELD, QUICK, type Stand } from '../support/hostile/bench.ts';

const NO_HTTP = 'no HTTP\r\n\r\n';

describe('the last answer of a connection', () => {
  let stand: Stand;

  beforeEach(() => void (stand = createStand()));
  afterEach(() => stand.close());

  describe('comes in its turn', () => {
    for (const [what, bytes, status] of [
      ['no HTTP', NO_HTTP, '400'],
      ['too long a head', `GET / HTTP/1.1\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`, '431'],
      ['CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', '405'],
    ] as const) {
      it(`${what}: after the answers to what came before`, async () => {
        const it = await talk(await stand.serve(), QUICK + HELD + QUICK + bytes);
        await until(
          'the first one is answered and three are handled',
          () => it.answers().length === 1 && stand.handled.length === 3,
        );
        stand.release();
        await until('it is told', () => it.isEnded());
        assert.deepEqual(gist(it.answers()), ['/quick', '/held', '/quick', status]);
      });
    }

    it('a body that breaks off: after the answer to what came before', async () => {
      const it = await talk(
        await stand.serve(),
        `${HELD}${request('POST /held', ['Transfer-Encoding: chunked'], 'zz\r\n')}`,
      );
      await until('both are in hand', () => stand.held.length === 2);
      assert.equal(it.text(), '');
      reply(stand.held[0]!, 200, 'text/plain', '/held');
      await until('it is told', () => it.isEnded());
      assert.deepEqual(gist(it.answers()), ['/held', '400']);
      assertLastProblem(it.answers()[1], 400, 'Bad Request', 'this is no HTTP that can be read');
    });

    it('nothing counts that follows an answer which closes', async () => {
      const answers = await ask(await stand.serve(), request('POST /refused', ['Content-Length: 3'], 'abc') + QUICK);
      assert.deepEqual(
        [gist(answers), answers[0]!.headers['connection'], stand.handled],
        [['401'], 'close', ['/refused']],
      );
    });

    it('a refusal without a body is not the last', async () => {
      assert.deepEqual(gist(await ask(await stand.serve(), request('POST /refused') + QUICK, 2)), ['401', '/quick']);
    });
  });

  describe('arrives', () => {
    it('at a client that says no more', async () => {
      const it = await talk(await stand.serve());
      it.socket.end(HELD);
      await until(
        'it is in hand, and the server has heard the end',
        () => stand.held[0]?.req.socket.readableEnded === true,
      );
      assert.equal(it.isEnded(), false);
      stand.release();
      await until('the server closes', () => it.isClosed());
      assert.deepEqual([gist(it.answers()), it.error()], [['/held'], undefined]);
    });

    it('at a client that says no more in the middle of a body', async () => {
      const it = await talk(await stand.serve());
      it.socket.end(request('POST /held', ['Content-Length: 9'], 'half'));
      await until('the server closes', () => it.isClosed());
      assert.deepEqual(gist(it.answers()), ['400']);
    });

    it('at a client that goes on with its refused body: no reset overtakes it', async () => {
      const it = await talk(await stand.serve(), request('POST /refused', ['Content-Length: 600000']));
      await until('it is told', () => it.isEnded());
      for (let sent = 0; sent < 600_000; sent += 60_000) {
        it.send('x'.repeat(60_000));
        await new Promise((done) => setImmediate(done));
      }
      it.socket.end();
      await until('it is closed', () => it.isClosed());
      assert.deepEqual([gist(it.answers()), it.error(), it.socket.bytesWritten > 600_000], [['401'], undefined, true]);
    });
  });

  describe('and after it', () => {
    for (const [what, bytes, status] of [
      ['a refused body', request('POST /refused', ['Transfer-Encoding: chunked']), '401'],
      ['what is no HTTP', NO_HTTP, '400'],
    ] as const) {
      it(`${what} without end is read on for 1 MiB, then cut`, async () => {
        const it = await talk(await stand.serve(), bytes);
        await until('it is told', () => it.isEnded());
        const piece = `1000\r\n${'x'.repeat(4096)}\r\n`;
        await until('it is cut', () => (it.send(piece.repeat(4)), it.isClosed()));
        assert.ok(it.socket.bytesWritten > 1024 * 1024, `${it.socket.bytesWritten} bytes`);
        assert.deepEqual(gist(it.answers()), [status]);
      });
    }

    it('a CONNECT that takes in nothing does not hold up the end of the server', async () => {
      const deaf = await talk(await stand.serve());
      deaf.socket.pause();
      deaf.send(`${request('GET /big')}CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n`);
      await until('it is in hand', () => stand.big.length === 1);
      await stand.stop();
      assert.equal(stand.big[0]!.writableFinished, false);
    });

    for (const [what, bytes] of [
      ['while its answer is made', HELD],
      ['in the middle of its body', request('POST /held', ['Content-Length: 9'], 'half')],
    ] as const) {
      it(`who is gone ${what} breaks nothing`, async () => {
        const port = await stand.serve();
        const gone = await talk(port, bytes);
        await until('it is in hand', () => stand.held.length === 1);
        const closed = new Promise((done) => stand.held[0]!.req.socket.once('close', done));
        gone.socket.resetAndDestroy();
        await closed;
        stand.release();
        assert.deepEqual(gist(await ask(port, QUICK, 1)), ['/quick']);
      });
    }
  });
});

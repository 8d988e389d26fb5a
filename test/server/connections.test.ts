import assert from 'node:assert/strict';
import { LIMITS } from '../../src/server/listen.ts';
import { until } from '../support/time/until.ts';
import { ask, request, talk } from '../support/hostile/raw-http.ts';
import { assertLastProblem, BIG, createStand, gist, HELD, QUICK, type Stand } from '../support/hostile/bench.ts';

describe('connections of strangers', () => {
  let stand: Stand;

  beforeEach(() => void (stand = createStand()));
  afterEach(() => stand.close());

  it('have these bounds: 1,000 at once are let in', () => {
    assert.deepEqual(LIMITS, {
      headersMs: 10_000,
      requestMs: 10_000,
      checkMs: 2_000,
      idleMs: 75_000,
      stalledMs: 30_000,
      connections: 2_000,
      requests: 5_000,
      pipelined: 100,
    });
  });

  describe('too many', () => {
    it('connections: the one that was used longest ago is cut, and the newcomer is answered', async () => {
      const port = await stand.serve({ connections: 3 });
      const [silent, used, young] = [await talk(port), await talk(port), await talk(port)];
      used.send(QUICK);
      await until('an answer', () => used.answers().length === 1);
      const newcomer = await talk(port, QUICK);
      await until(
        'the oldest is cut and the newcomer answered',
        () => silent.isEnded() && newcomer.answers().length === 1,
      );
      assert.deepEqual([used.isEnded(), young.isEnded(), silent.answers()], [false, false, []]);
      await talk(port);
      await until('the next oldest is cut', () => young.isEnded());
      assert.equal(used.isEnded(), false);
    });

    it('connections: one that waits for its answer is not cut', async () => {
      const port = await stand.serve({ connections: 2 });
      const waiting = await talk(port, HELD);
      await until('it is in hand', () => stand.held.length === 1);
      const [silent, other] = [await talk(port), await talk(port, QUICK)];
      await until('the silent one is cut', () => silent.isEnded() && other.answers().length === 1);
      stand.release();
      await until('it is answered', () => waiting.answers().length === 1);
    });

    it('requests in hand: the connection with most of them is cut', async () => {
      const port = await stand.serve({ requests: 4 });
      const greedy = await talk(port, HELD.repeat(3));
      await until('three are in hand', () => stand.held.length === 3);
      const modest = await talk(port, HELD.repeat(2));
      await until('the greedy one is cut', () => greedy.isEnded());
      stand.release();
      await until('the other one is answered', () => modest.answers().length === 2);
      // What was cut counts no more.
      const later = await talk(port, HELD.repeat(4));
      await until('four are in hand', () => stand.held.length === 4);
      stand.release();
      await until('they are answered', () => later.answers().length === 4);
    });

    it('in one piece: as many are answered as may wait, and the last answer closes', async () => {
      const port = await stand.serve({ pipelined: 3 });
      const answers = await ask(port, QUICK.repeat(6));
      assert.deepEqual(
        [answers.map(({ headers }) => headers['connection']), stand.handled],
        [
          ['keep-alive', 'keep-alive', 'close'],
          ['/quick', '/quick', '/quick'],
        ],
      );
    });

    it('in one piece, and by far: cut', async () => {
      const port = await stand.serve({ pipelined: 3 });
      const flood = await talk(port, QUICK.repeat(200));
      await until('it is cut', () => flood.isEnded());
      assert.equal(stand.handled.length, 3);
      assert.ok(flood.answers().length < 3, 'what was answered is lost');
    });
  });

  describe('too slow', () => {
    const QUICKLY = { headersMs: 100, requestMs: 200, checkMs: 20 };
    const SLOW: readonly (readonly [string, string])[] = [
      ['nothing at all', ''],
      ['half a request line', 'POST /ru'],
      ['half the headers', 'POST /run HTTP/1.1\r\nHost: a\r\nX: '],
      ['half a body', request('POST /held', ['Content-Length: 9'], 'half')],
      ['chunks without end', request('POST /held', ['Transfer-Encoding: chunked'], '1\r\nx\r\n')],
    ];
    for (const [what, bytes] of SLOW) {
      it(`${what}: 408, and closed`, async () => {
        const slow = await talk(await stand.serve(QUICKLY), bytes);
        await until('it is told', () => slow.isEnded());
        assert.equal(slow.answers().length, 1);
        assertLastProblem(slow.answers()[0], 408, 'Request Timeout', 'the request took too long to come');
        await until('its bytes are no longer taken', () => (slow.send('x'), slow.isClosed()));
      });
    }

    it('a second request: told after the first has its answer', async () => {
      const port = await stand.serve(QUICKLY);
      const slow = await talk(port, `${HELD}GET /ne`);
      const other = await talk(port, 'GET /ne');
      await until('its time is over', () => other.isEnded());
      assert.equal(slow.text(), '');
      stand.release();
      await until('it is told', () => slow.isEnded());
      assert.deepEqual(gist(slow.answers()), ['/held', '408']);
      await until('its bytes are no longer taken', () => (slow.send('x'), slow.isClosed()));
    });

    it('a body that was refused: waited for no longer than another', async () => {
      const slow = await talk(await stand.serve(QUICKLY), request('POST /refused', ['Content-Length: 9999'], 'x'));
      await until('it is told', () => slow.isEnded());
      await until('its bytes are no longer taken', () => (slow.send('x'), slow.isClosed()));
      assert.deepEqual(gist(slow.answers()), ['401']);
    });

    it('nothing after an answer: closed', async () => {
      const idle = await talk(await stand.serve({ idleMs: 50 }), QUICK);
      await until('the server closes', () => idle.isEnded());
      assert.deepEqual(gist(idle.answers()), ['/quick']);
    });

    it('takes in nothing of its answer: cut; one that waits for its answer is not', async () => {
      const port = await stand.serve({ stalledMs: 100 });
      const waiting = await talk(port, HELD);
      const deaf = await talk(port);
      deaf.socket.pause();
      deaf.send(request('GET /big'));
      await until('both are in hand', () => stand.held.length + stand.big.length === 2);
      await until('the deaf one is cut', () => stand.big[0]!.destroyed);
      assert.equal(stand.big[0]!.writableFinished, false);
      stand.release();
      await until('the other is answered', () => waiting.answers().length === 1);
      deaf.socket.resume();
      await until('no more comes', () => deaf.isEnded());
      assert.ok(deaf.text().startsWith('HTTP/1.1 200 OK') && deaf.text().length < BIG, `${deaf.text().length} bytes`);
    });
  });
});

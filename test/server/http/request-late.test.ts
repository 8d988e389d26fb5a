import assert from 'node:assert/strict';
import type { RequestListener, ServerResponse } from 'node:http';
import { LIMITS, listen, type Listening } from '../../../src/server/listen.ts';
import { type Stage, stageOf } from '../../support/build/app.ts';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';
import { until } from '../../support/time/until.ts';
import { hangUpAll, request, talk, type Talk } from '../../support/hostile/raw-http.ts';

/**
 * A run that is in hand until the test lets it go, and behind it on the same connection a post whose body comes too
 * slowly.
 */
describe('a body that comes after it was given up, behind a run in hand', () => {
  let stage: Stage;
  let listening: Listening;
  let line: Talk;
  let release: () => void;
  let responses: ServerResponse[];
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);

  beforeEach(async () => {
    const held = new Promise<object>((done) => (release = () => done({})));
    stage = stageOf(
      fakeSource(() => held),
      [fakeSink()],
    );
    responses = [];
    const handle: RequestListener = (incoming, response) => {
      responses.push(response);
      stage.app.handle(incoming, response);
    };
    listening = await listen(
      { ...stage.app, handle },
      { host: '127.0.0.1', port: 0 },
      { sleep: async () => undefined, abort: () => undefined },
      { ...LIMITS, headersMs: 100, requestMs: 100, checkMs: 20 },
    );
    process.on('uncaughtException', note);
    line = await talk(
      listening.port,
      request('POST /run') + request('POST /run', ['Transfer-Encoding: chunked'], '1\r\nx\r\n'),
    );
    await until('the first is in hand', () => runs() === 1);
    await until('the 408 is written, and waits for the first answer', () => responses[1]?.headersSent === true);
  });

  afterEach(async () => {
    process.off('uncaughtException', note);
    hangUpAll();
    await listening.close(0);
  });

  const runs = (): number => stage.log.texts().filter((text) => text === 'run begins').length;

  for (const [what, rest] of [
    ['its end', '0\r\n\r\n'],
    ['more than it may hold', `2000\r\n${'x'.repeat(8192)}\r\n`.repeat(3)],
  ] as const) {
    it(`${what}: it counts for nothing, and the run in hand ends well`, async () => {
      const { socket } = responses[1]!.req;
      const heard = socket.bytesRead;
      line.send(rest);
      await until('it is heard', () => socket.bytesRead >= heard + rest.length || socket.destroyed);
      release();
      await until('both are answered', () => line.answers().length === 2 || line.isEnded());
      assert.deepEqual(
        line.answers().map(({ status, headers }) => [status, headers['sentry-monitor-sent']]),
        [
          [200, 'all'],
          [408, 'none'],
        ],
      );
      assert.deepEqual([runs(), uncaught, stage.log.lines.filter(({ level }) => level === 'error')], [1, [], []]);
    });
  }
});

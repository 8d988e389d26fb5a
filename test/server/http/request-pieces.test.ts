import assert from 'node:assert/strict';
import { until } from '../../support/time/until.ts';
import { AUTH, openPosts, type Posts, RUN } from '../../support/hostile/posts.ts';
import { request, talk } from '../../support/hostile/raw-http.ts';

describe('what strangers send, piece by piece', () => {
  let posts: Posts;
  beforeEach(async () => void (posts = await openPosts()));
  afterEach(() => posts.close());

  it('HEAD: the head alone', async () => {
    for (const [line, status] of [
      ['HEAD /healthz', 200],
      ['HEAD /run', 405],
    ] as const) {
      const it = await talk(posts.port, request(line) + request('GET /healthz', ['Connection: close']));
      await until('both are answered', () => it.isEnded());
      assert.match(
        it.text(),
        new RegExp(
          `^HTTP/1.1 ${status} [^{]+Content-Length: [1-9][^{]+\\r\\n\\r\\nHTTP/1.1 200 OK[^{]+{"status":"alive"}$`,
        ),
      );
    }
    const it = await talk(posts.port, request('HEAD /run', ['Content-Length: 9']));
    await until('it is answered and closed', () => it.isEnded());
    assert.match(it.text(), /^HTTP\/1\.1 405 [^{]+\r\n\r\n$/);
  });

  it('many requests in one piece: each is answered in its turn, and what is posted twice is sent once', async () => {
    const answers = await posts.send(
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
    assert.deepEqual([posts.runs(), posts.sink.requests.flat()], [3, ['a/crm-web', 'b/crm-web']]);
  });

  it('100-continue is said to who may post, before the body and not otherwise', async () => {
    const head = (more: readonly string[]): string => request('POST /run', ['Expect: 100-continue', ...more]);
    assert.deepEqual(
      (await posts.send(head(['Content-Length: 5']))).map(({ status }) => status),
      [401],
    );
    assert.deepEqual(
      (await posts.send(head([AUTH, 'Content-Length: 16385']))).map(({ status }) => status),
      [413],
    );
    const it = await talk(posts.port, head([AUTH, 'Content-Length: 5']));
    await until('it may go on', () => it.answers().length === 1);
    assert.deepEqual([it.text(), posts.runs()], ['HTTP/1.1 100 Continue\r\n\r\n', 0]);
    it.send('12345');
    await until('it ran', () => it.answers().length === 2);
    assert.deepEqual([it.answers()[1]!.status, posts.runs()], [200, 1]);
    const old = await posts.send(`POST /run HTTP/1.0\r\nExpect: 100-continue\r\n${AUTH}\r\nContent-Length: 1\r\n\r\nx`);
    assert.deepEqual(
      old.map(({ status }) => status),
      [200],
    );
  });

  it('a body that breaks off starts no run', async () => {
    const it = await talk(posts.port, request('POST /run', [AUTH, 'Content-Length: 9'], 'half'));
    it.socket.end();
    await until('it is told', () => it.isClosed());
    assert.deepEqual([it.answers().map(({ status }) => status), posts.runs()], [[400], 0]);
  });
});

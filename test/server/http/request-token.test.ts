import assert from 'node:assert/strict';
import { openPosts, type Posts, RUN } from '../../support/hostile/posts.ts';
import { request } from '../../support/hostile/raw-http.ts';

describe('posts without a valid token', () => {
  let posts: Posts;
  beforeEach(async () => void (posts = await openPosts()));
  afterEach(() => posts.close());

  it('over 30 a minute get a 429 that says when to come again; nothing of this touches a valid token', async () => {
    for (let n = 1; n <= 30; n++)
      assert.deepEqual(
        (await posts.send(request('POST /run'), 1)).map(({ status, headers }) => [
          status,
          headers['www-authenticate'],
          headers['connection'],
        ]),
        [[401, 'Bearer', 'keep-alive']],
      );
    posts.stage.clock.advance(15_000);
    const [over, ...more] = await posts.send(request('POST /run') + RUN);
    assert.deepEqual(
      [
        over!.status,
        over!.headers['retry-after'],
        over!.headers['connection'],
        over!.headers['sentry-monitor-sent'],
        more.length,
        posts.runs(),
      ],
      [429, '45', 'close', 'none', 0, 0],
    );
    assert.deepEqual(
      [over!.headers['content-type'], JSON.parse(over!.body)],
      [
        'application/problem+json; charset=utf-8',
        {
          type: 'docs/faults.md#http-429',
          title: 'Too Many Requests',
          status: 429,
          detail: 'too many requests without a valid token; with one it works at once, without in 45 s',
        },
      ],
    );
    for (let n = 1; n <= 3; n++) {
      assert.deepEqual(
        (await posts.send(RUN, 1)).map(({ status }) => status),
        [200],
      );
      assert.deepEqual(
        (await posts.send(request('POST /run'), 1)).map(({ status }) => status),
        [429],
      );
    }
    for (const path of ['/healthz', '/readyz'])
      assert.deepEqual(
        (await posts.send(request(`GET ${path}`), 1)).map(({ status }) => status),
        [200],
      );
    posts.stage.clock.advance(45_000);
    assert.deepEqual(
      (await posts.send(request('POST /run'), 1)).map(({ status }) => status),
      [401],
    );
  });

  it('the log tells the first, and the count once the minute is over and anything comes', async () => {
    const warnings = (): unknown[] =>
      posts.stage.log.lines.filter(({ level }) => level === 'warn').map(({ fields, text }) => [text, fields]);
    await posts.send(
      request('POST /run', ['Authorization: Bearer wrong-0123456789']).repeat(10) + request('POST /run').repeat(40),
      31,
    );
    const first = ['post without a valid token', { token: 'wrong', address: '127.0.0.1' }];
    assert.deepEqual(warnings(), [first]);
    posts.stage.clock.advance(60_000);
    await posts.send(request('GET /healthz'), 1);
    assert.deepEqual(warnings(), [
      first,
      ['posts without a valid token within a minute', { missing: 21, wrong: 10, addresses: ['127.0.0.1'] }],
    ]);
    assert.ok(!JSON.stringify(posts.stage.log.lines).includes('wrong-0123456789'));
  });

  it('a server that stops tells the count before it goes', async () => {
    await posts.send(request('POST /run').repeat(2), 2);
    posts.stage.app.stop();
    assert.equal(posts.stage.log.texts().at(-1), 'posts without a valid token within a minute');
  });
});

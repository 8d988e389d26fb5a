import assert from 'node:assert/strict';
import { setTimeout as real } from 'node:timers/promises';
import request from 'supertest';
import type { SignedAnswer } from '../../../src/server/api/signed.ts';
import { stageOf } from '../../support/build/app.ts';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';

/** Nobody waits for longer than for something that never ends. */
async function late(): Promise<never> {
  await real(1000, undefined, { ref: false });
  throw new Error('it is not answered');
}

describe('a post that a vendor signs', () => {
  function serve(answer: (body: string) => SignedAnswer) {
    const bodies: string[] = [];
    const stage = stageOf(fakeSource(), [fakeSink()], {
      signed: [
        {
          path: '/slack/actions',
          mostBytes: 1024,
          async answer({ body }) {
            bodies.push(Buffer.from(body).toString());
            return answer(bodies.at(-1)!);
          },
        },
      ],
    });
    const post = (body: string) => request(stage.app.express).post('/slack/actions').type('form').send(body);
    return { ...stage, post, bodies };
  }

  it('needs no token, and is answered before anything is done about it', async () => {
    let end = (): void => undefined;
    const done = new Promise<void>((resolve) => (end = resolve));
    let [begun, isOver] = [0, false];
    const { post, app } = serve(() => ({
      async after() {
        begun++;
        await done;
        isOver = true;
      },
    }));
    let idle: Promise<void>;
    try {
      const answered = post('payload=%7B%7D').expect(200).expect('Sentry-Monitor-Sent', 'none');
      const { text } = await Promise.race([answered, late()]);
      assert.deepEqual([text, begun, isOver], ['', 1, false]);
      idle = app.idle();
    } finally {
      end();
    }
    await idle;
    assert.equal(isOver, true, 'a server that stops waits for it');
  });

  it('may be answered with data', async () => {
    const { body } = await serve(() => ({ body: { options: [] } }))
      .post('x')
      .expect(200)
      .expect('Content-Type', 'application/json; charset=utf-8');
    assert.deepEqual(body, { options: [] });
  });

  it('is refused without a word of what is wrong, and after thirty within a minute not looked at longer', async () => {
    const { post, texts } = { ...serve(() => 'unsigned'), texts: new Set<string>() };
    for (let n = 0; n < 30; n++) texts.add((await post('x').expect(401)).text);
    assert.equal(texts.size, 1);
    assert.match([...texts][0]!, /"detail":"not signed by who may post here"/);
    await post('x').expect(429).expect('Retry-After', '60');
  });

  it('the log learns how many were refused once the minute is over, whatever comes next, and at the end', async () => {
    const { post, app, clock, log } = serve(() => 'unsigned');
    const told = () =>
      log.lines.filter(({ level }) => level === 'warn').map(({ fields, text }) => `${String(fields['path'])}: ${text}`);
    const first = '/slack/actions: post without a valid token';
    const count = '/slack/actions: posts without a valid token within a minute';
    await post('x').expect(401);
    await post('x').expect(401);
    clock.advance(60_000);
    await request(app.express).get('/healthz').expect(200);
    assert.deepEqual(told(), [first, count]);
    await post('x').expect(401);
    await post('x').expect(401);
    app.stop();
    assert.deepEqual(told(), [first, count, first, count]);
  });

  it('is refused when it is too long, cannot be read, is no post, or the server stops', async () => {
    const { post, bodies, app } = serve(() => 'unread');
    await post('x'.repeat(1025)).expect(413);
    assert.deepEqual(bodies, [], 'nobody looks at what is too long');
    await post('x').expect(400);
    await request(app.express).get('/slack/actions').expect(405).expect('Allow', 'POST');
    app.stop();
    await post('x').expect(503);
  });
});

import assert from 'node:assert/strict';
import request from 'supertest';
import { LedgerTrouble } from '../../../src/core/model/errors.ts';
import type { JsonObject } from '../../../src/core/model/item.ts';
import { BadWords } from '../../../src/core/telling/asked/words.ts';
import { ACTIONS, type Action } from '../../../src/server/api/actions.ts';
import { bearer } from '../../../src/server/http/auth.ts';
import { stageOf } from '../../support/build/app.ts';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';

const TOKEN = 'token-0123456789';

/** An app whose actions do this, and what they were asked. */
function openApp(act: (words: JsonObject) => Promise<JsonObject> = async (words) => words, isOpen = true) {
  const asked: (readonly [Action, JsonObject])[] = [];
  const one = (name: Action) => async (words: JsonObject) => {
    asked.push([name, words]);
    return act(words);
  };
  const { app } = stageOf(fakeSource(), [fakeSink()], {
    actions: { mute: one('mute'), unmute: one('unmute'), deploys: one('deploys') },
    secrets: ['s3cr3t-0123456789'],
    ...(isOpen ? {} : { authorize: bearer([TOKEN]) }),
  });
  return { app, asked, post: (path: string) => request(app.express).post(path) };
}

describe('posts of a few words', () => {
  for (const name of ACTIONS)
    it(`/${name} takes JSON, parameters, or both, and answers what came of them`, async () => {
      const { asked, post } = openApp();
      const answer = await post(`/${name}?filter=shop`).send({ why: 'known', minutes: 5 }).expect(200);
      assert.deepEqual(answer.body, { why: 'known', minutes: 5, filter: 'shop' });
      await post(`/${name}`).expect(200);
      assert.deepEqual(asked, [
        [name, { why: 'known', minutes: 5, filter: 'shop' }],
        [name, {}],
      ]);
    });

  it('say what is wrong with them', async () => {
    const { post, asked } = openApp();
    for (const body of ['{', '[1]', '"x"', 'null', 'filter=shop']) {
      const { body: problem } = await post('/mute').set('content-type', 'text/plain').send(body).expect(400);
      assert.match(problem.detail, /^the body is no JSON object; write one such as /);
    }
    assert.equal(
      (await post('/mute?why=a').send({ why: 'b' }).expect(400)).body.detail,
      '"why" is given twice; give it once',
    );
    assert.deepEqual(asked, []);
    const refusing = openApp(async () => Promise.reject(new BadWords('why is missing s3cr3t-0123456789')));
    assert.equal((await refusing.post('/mute').expect(400)).body.detail, 'why is missing ***');
  });

  it('while the ledger is away: 503, and nothing was changed', async () => {
    const { post } = openApp(async () => Promise.reject(new LedgerTrouble('gone')));
    const { body } = await post('/mute').send({ all: true }).expect(503);
    assert.equal(body.detail, 'the ledger cannot be reached, so nothing was changed; try again');
  });

  it('hide secrets in their answer', async () => {
    const { post } = openApp();
    assert.equal((await post('/mute').send({ why: 's3cr3t-0123456789' })).body.why, '***');
  });

  it('are for who has a token, and take 16 KiB', async () => {
    const { app, asked, post } = openApp(undefined, false);
    await post('/mute').send({ all: true }).expect(401).expect('WWW-Authenticate', 'Bearer');
    const authorized = (): request.Test => post('/mute').set('Authorization', `Bearer ${TOKEN}`);
    await authorized().send({ all: true }).expect(200);
    await authorized()
      .send({ why: 'x'.repeat(16 * 1024) })
      .expect(413);
    await request(app.express).get('/mute').expect(405).expect('Allow', 'POST');
    assert.equal(asked.length, 1);
    app.stop();
    await authorized().send({ all: true }).expect(503);
  });

  it('need a ledger', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()]);
    const { body } = await request(app.express).post('/mute').expect(400);
    assert.equal(body.detail, '/mute needs a ledger, and this service has none; set LEDGER_URL');
  });
});

import assert from 'node:assert/strict';
import request from 'supertest';
import { bearer } from '../../../src/server/http/auth.ts';
import { stageOf } from '../../support/build/app.ts';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';

const TOKEN = 'token-0123456789';
const BODY = { bucket: 'acme-logs', key: 'logs/a.tsv.gz' };

describe('POST /intake/<name>', () => {
  function serve(authorize = bearer([])) {
    const asked: unknown[] = [];
    const { app } = stageOf(fakeSource(), [fakeSink()], {
      authorize,
      async intake(name, body) {
        asked.push([name, body]);
        if (name === 'other') return null;
        return name === 'strict' ? { refused: 'not in this bucket' } : { keys: ['logs/a.tsv.gz'] };
      },
    });
    return { server: app.express, asked };
  }

  it('notes what is there to be read, and says so before it is read; whatever type the body says it is', async () => {
    const { server, asked } = serve();
    for (const type of ['application/json', 'text/plain; charset=UTF-8']) {
      const { body } = await request(server)
        .post('/intake/manager')
        .set('Content-Type', type)
        .send(JSON.stringify(BODY))
        .expect(202)
        .expect('Sentry-Monitor-Sent', 'none');
      assert.deepEqual(body, { objects: ['logs/a.tsv.gz'] });
    }
    assert.deepEqual(asked, Array(2).fill(['manager', BODY]));
  });

  for (const [name, path, body, status, words] of [
    ['of no intake that takes posts', '/intake/other', BODY, 404, 'no intake of that name takes posts'],
    ['of an object that is not the intake’s', '/intake/strict', BODY, 400, 'not in this bucket'],
    ['with a parameter', '/intake/manager?once=true', BODY, 400, 'unknown parameter "once"; there is none'],
    ['that is no JSON', '/intake/manager', '{', 400, 'the body is no JSON'],
    [
      'that is too large',
      '/intake/manager',
      ' '.repeat(1024 * 1024 + 1),
      413,
      'the body of a post to an intake has at most 1mb',
    ],
  ] as const)
    it(`refuses one ${name}`, async () => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const answer = await request(serve().server).post(path).send(text).expect(status);
      assert.equal(answer.body.detail, words);
    });

  it('is for who has a token, and no other method', async () => {
    const { server, asked } = serve(bearer([TOKEN]));
    await request(server).post('/intake/manager').send(BODY).expect(401);
    await request(server).get('/intake/manager').expect(405).expect('Allow', 'POST');
    assert.deepEqual(asked, []);
    await request(server).post('/intake/manager').set('Authorization', `Bearer ${TOKEN}`).send(BODY).expect(202);
  });

  it('is not there without an intake that takes posts, nor under a name that none can have', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()]);
    const none = await request(app.express).post('/intake/manager').send(BODY).expect(404);
    assert.doesNotMatch(none.body.detail, /intake/);
    const others = await request(serve().server).post('/intake/%2e%2e').send(BODY).expect(404);
    assert.match(others.body.detail, /POST \/intake\/…/);
  });
});

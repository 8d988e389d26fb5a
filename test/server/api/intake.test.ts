import assert from 'node:assert/strict';
import request from 'supertest';
import type { Asked } from '../../../src/core/ports/events/intake.ts';
import { bearer, orBearer } from '../../../src/server/http/auth.ts';
import { stageOf } from '../../support/build/app.ts';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';

const TOKEN = 'token-0123456789';
const RUNNER = 'runner-0123456789';
const BODY = { bucket: 'acme-logs', key: 'logs/a.tsv.gz' };

describe('POST /intake/<name>', () => {
  const ANSWERS: Readonly<Record<string, Asked | null>> = {
    other: null,
    strict: { refused: 'not in this bucket' },
    forged: { unsigned: 'its signature is not SNS’s' },
    away: { later: 'its certificate cannot be had now' },
  };

  function serve(authorize = bearer([]), signed: readonly string[] = []) {
    const asked: unknown[] = [];
    const stage = stageOf(fakeSource(), [fakeSink()], {
      authorize: bearer([RUNNER]),
      intakes: {
        authorize,
        takesSigned: (name) => signed.includes(name),
        async ask(name, posted) {
          asked.push([name, posted.body, posted.isTrusted]);
          return Object.hasOwn(ANSWERS, name) ? ANSWERS[name]! : { keys: ['logs/a.tsv.gz'] };
        },
      },
    });
    return { ...stage, server: stage.app.express, asked };
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
    assert.deepEqual(asked, Array(2).fill(['manager', BODY, true]));
  });

  for (const [name, path, body, status, words] of [
    ['of no intake that takes posts', '/intake/other', BODY, 404, 'no intake of that name takes posts'],
    ['of an object that is not the intake’s', '/intake/strict', BODY, 400, 'not in this bucket'],
    ['with a parameter', '/intake/manager?once=true', BODY, 400, 'unknown parameter "once"; there is none'],
    ['whose signature is none, with a token', '/intake/forged', BODY, 400, 'its signature is not SNS’s'],
    ['that cannot be told from a forged one now', '/intake/away', BODY, 503, 'its certificate cannot be had now'],
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

  it('is for who signs it, where the intake takes that; what is no such post counts as a failed try', async () => {
    const { server, asked, log } = serve(bearer([TOKEN]), ['manager', 'forged']);
    const post = (name: string, body: object | string = BODY) => request(server).post(`/intake/${name}`).send(body);
    await post('manager').expect(202);
    await post('other').expect(401);
    for (let n = 0; n < 28; n++) await post('forged').expect(401).expect('WWW-Authenticate', 'Bearer');
    await post('manager', '{').expect(401);
    const last = await post('forged').expect(429);
    assert.doesNotMatch(last.text, /signature/);
    await post('manager').expect(202);
    await post('strict').set('Authorization', `Bearer ${TOKEN}`).expect(400);
    assert.deepEqual(asked.slice(0, 2), [
      ['manager', BODY, false],
      ['forged', BODY, false],
    ]);
    assert.equal(asked.length, 32);
    const [first] = log.lines;
    assert.deepEqual([first!.text, log.lines.length], ['post without a valid token', 1]);
  });

  it('says in the log what a signed one lacks', async () => {
    const { server, log } = serve(bearer([TOKEN]), ['forged']);
    await request(server).post('/intake/forged').send(BODY).expect(401);
    assert.equal(log.lines[0]!.fields['why'], 'its signature is not SNS’s');
  });

  it('has tokens of its own, which open nothing else', async () => {
    const { server } = serve(orBearer(bearer([RUNNER]), [TOKEN, 'second-0123456789']));
    for (const token of [RUNNER, TOKEN, 'second-0123456789'])
      await request(server).post('/intake/manager').set('Authorization', `Bearer ${token}`).send(BODY).expect(202);
    for (const path of ['/run', '/due', '/mute', '/unmute', '/deploys'])
      await request(server).post(path).set('Authorization', `Bearer ${TOKEN}`).expect(401);
    await request(server)
      .post('/intake/manager')
      .set('Authorization', 'Bearer wrong-0123456789')
      .send(BODY)
      .expect(401);
  });

  it('is not there without an intake that takes posts, nor under a name that none can have', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()]);
    const none = await request(app.express).post('/intake/manager').send(BODY).expect(404);
    assert.doesNotMatch(none.body.detail, /intake/);
    const others = await request(serve().server).post('/intake/%2e%2e').send(BODY).expect(404);
    assert.match(others.body.detail, /POST \/intake\/…/);
  });
});

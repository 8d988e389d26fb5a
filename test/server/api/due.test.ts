import assert from 'node:assert/strict';
import request from 'supertest';
import { bearer } from '../../../src/server/http/auth.ts';
import { stageOf } from '../../support/build/app.ts';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';

const TOKEN = 'token-0123456789';

describe('POST /due', () => {
  it('works off what is due, says what came of it, and reads nothing', async () => {
    const source = fakeSource();
    const asked: string[] = [];
    const done = [
      { kind: 'outbox', name: 'crm', status: 'done', detail: '1 message sent' },
      { kind: 'outbox', name: 'night', status: 'failed', detail: 'answered 503' },
    ] as const;
    const { app } = stageOf(source, [fakeSink()], {
      due: async (runId) => {
        asked.push(runId);
        return { done, left: 2 };
      },
    });
    const answer = await request(app.express).post('/due').expect(200).expect('Sentry-Monitor-Sent', 'none');
    assert.deepEqual([answer.body, asked, source.reads], [{ done, left: 2 }, ['run-1'], []]);
  });

  it('without a channel: there is nothing to do', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()]);
    assert.deepEqual((await request(app.express).post('/due').expect(200)).body, { done: [], left: 0 });
  });

  it('while the ledger is away: 503', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()], { due: async () => null });
    const { body } = await request(app.express).post('/due').expect(503);
    assert.equal(body.detail, 'the ledger cannot be reached, so nobody knows what is due; try again');
  });

  it('takes no parameter', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()]);
    const { body } = await request(app.express).post('/due?channel=crm').expect(400);
    assert.equal(body.detail, 'unknown parameter "channel"; there is none');
  });

  it('is for who has a token', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()], { authorize: bearer([TOKEN]) });
    await request(app.express).post('/due').expect(401).expect('WWW-Authenticate', 'Bearer');
    await request(app.express).post('/due').set('Authorization', `Bearer ${TOKEN}`).expect(200);
  });

  it('takes a body of 16 KiB at most, and no other method', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()]);
    await request(app.express)
      .post('/due')
      .send('x'.repeat(16 * 1024))
      .expect(200);
    await request(app.express)
      .post('/due')
      .send('x'.repeat(16 * 1024 + 1))
      .expect(413);
    await request(app.express).get('/due').expect(405).expect('Allow', 'POST');
  });

  it('of a server that stops: 503', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()]);
    app.stop();
    await request(app.express).post('/due').expect(503).expect('Connection', 'close');
  });
});

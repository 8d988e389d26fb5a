import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { bearer } from '../../../src/server/http/auth.ts';
import { stageOf } from '../../support/build/app.ts';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';

const TOKEN = 'token-0123456789';
const OTHER = 'other-0123456789';
/** Of `readyz`: no names. */
const FILTERS = { loadedAt: '2026-11-20T10:07:30.000Z', files: 1, rejected: 0, print: 'texts', place: 'path' };

function problem(status: number, title: string, detail: string): object {
  return { type: `docs/faults.md#http-${status}`, title, status, detail };
}

const SEND_IT = 'send the header "Authorization: Bearer <token>", with a token of TRIGGER_TOKEN';

async function expectProblem(
  test: request.Test,
  status: number,
  title: string,
  detail: string,
): Promise<request.Response> {
  const response = await test;
  assert.equal(response.status, status);
  assert.match(response.headers['content-type']!, /^application\/problem\+json/);
  assert.deepEqual(response.body, problem(status, title, detail));
  assert.equal(response.headers['sentry-monitor-sent'], status === 500 ? 'unknown' : 'none');
  assert.equal(response.headers['sentry-monitor-why'], detail);
  return response;
}

describe('the HTTP side', () => {
  it('lives and is ready, without any token, and says nothing more', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()], { authorize: bearer([TOKEN]) });
    assert.deepEqual((await request(app.express).get('/healthz').expect(200)).body, { status: 'alive' });
    const ready = await request(app.express)
      .get('/readyz')
      .expect(200)
      .expect('Sentry-Monitor-Sent', 'none')
      .expect('Cache-Control', 'no-store');
    assert.deepEqual(
      [ready.body, ready.headers['x-powered-by'], ready.headers['etag']],
      [{ status: 'ready', filters: FILTERS }, undefined, undefined],
    );
  });

  it('is ready though degraded when a filters file is faulty', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()], { faults: [{ where: 'a.yaml:1', text: 'x' }] });
    assert.deepEqual((await request(app.express).get('/readyz').expect(200)).body, {
      status: 'degraded',
      filters: { ...FILTERS, rejected: 1 },
    });
  });

  for (const [health, status, body] of [
    ['ready', 200, { status: 'ready', filters: FILTERS }],
    ['degraded', 200, { status: 'degraded', filters: FILTERS }],
    ['down', 503, problem(503, 'Service Unavailable', 'the ledger cannot be used; the log says why')],
  ] as const) {
    it(`is ${health} as the ledger is`, async () => {
      const { app } = stageOf(fakeSource(), [fakeSink()], { health: async () => health });
      assert.deepEqual((await request(app.express).get('/readyz').expect(status)).body, body);
    });
  }

  for (const [method, path, allow] of [
    ['get', '/run', 'POST'],
    ['put', '/run', 'POST'],
    ['delete', '/run', 'POST'],
    ['post', '/healthz', 'GET'],
    ['post', '/readyz', 'GET'],
  ] as const) {
    it(`${method.toUpperCase()} ${path}: 405, ${allow} is allowed`, async () => {
      const { app } = stageOf(fakeSource(), [fakeSink()]);
      const response = await expectProblem(
        request(app.express)[method](path),
        405,
        'Method Not Allowed',
        `use ${allow}`,
      );
      assert.equal(response.headers['allow'], allow);
    });
  }

  for (const path of ['/', '/runs', '/run/x', '/healthz/x', '/metrics', '/%E0%A4%A']) {
    it(`${path}: 404`, async () => {
      const { app } = stageOf(fakeSource(), [fakeSink()]);
      await expectProblem(
        request(app.express).post(path),
        404,
        'Not Found',
        'there are POST /run, POST /due, POST /mute, POST /unmute, POST /deploys, GET /healthz, GET /readyz and GET /metrics',
      );
    });
  }
});

describe('POST /run: who may', () => {
  for (const [name, header] of [
    ['no header', undefined],
    ['a wrong token', `Bearer ${TOKEN}x`],
    ['another scheme', `Basic ${TOKEN}`],
  ] as const) {
    it(`with ${name}: a 401 that tells the form of the header and no more, and nothing is read`, async () => {
      const source = fakeSource();
      const { app } = stageOf(source, [fakeSink()], { authorize: bearer([TOKEN]) });
      const test = request(app.express).post('/run?debug=maybe');
      const response = await expectProblem(
        header === undefined ? test : test.set('Authorization', header),
        401,
        'Unauthorized',
        SEND_IT,
      );
      assert.deepEqual([response.headers['www-authenticate'], source.reads], ['Bearer', []]);
    });
  }

  it('with any of the active tokens: it runs', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()], { authorize: bearer([TOKEN, OTHER]) });
    for (const token of [TOKEN, OTHER])
      await request(app.express).post('/run').set('Authorization', `Bearer ${token}`).expect(200);
  });

  it('a token in the query opens nothing', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()], { authorize: bearer([TOKEN]) });
    await expectProblem(request(app.express).post(`/run?token=${TOKEN}`), 401, 'Unauthorized', SEND_IT);
  });
});

describe('POST /run: what it takes', () => {
  it('what it does not understand is a 400 that names it, with every secret masked', async () => {
    const source = fakeSource();
    const { app } = stageOf(source, [fakeSink()], { secrets: [TOKEN] });
    await expectProblem(
      request(app.express).post('/run?debug=maybe'),
      400,
      'Bad Request',
      'debug="maybe" is no boolean; write true or false',
    );
    await expectProblem(
      request(app.express).post('/run?x=1'),
      400,
      'Bad Request',
      'unknown parameter "x"; there are at, start, end, filter, sink, debug',
    );
    await expectProblem(
      request(app.express).post(`/run?filter=${TOKEN}`),
      400,
      'Bad Request',
      'unknown filter "***"; there are a, b',
    );
    assert.deepEqual(source.reads, []);
  });

  it('a body of any kind up to 16 KiB is thrown away', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()]);
    for (const [type, body] of [
      ['application/json', '{"debug": tr'],
      ['text/plain', 'x'.repeat(16 * 1024)],
      ['application/x-www-form-urlencoded', 'debug=maybe'],
    ] as const) {
      await request(app.express).post('/run').set('Content-Type', type).send(body).expect(200);
    }
  });

  it('a body above 16 KiB is a 413', async () => {
    const source = fakeSource();
    const { app } = stageOf(source, [fakeSink()]);
    await expectProblem(
      request(app.express)
        .post('/run')
        .set('Content-Type', 'text/plain')
        .send('x'.repeat(16 * 1024 + 1)),
      413,
      'Content Too Large',
      'a post needs no body, and takes at most 16kb',
    );
    assert.deepEqual(source.reads, []);
  });

  it('a compressed body is a 415', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()]);
    await expectProblem(
      request(app.express)
        .post('/run')
        .set('Content-Encoding', 'gzip')
        .set('Content-Type', 'application/octet-stream')
        .send(gzipSync('x')),
      415,
      'Unsupported Media Type',
      'the body cannot be read; post without one',
    );
  });

  it('an error of ours is a 500 without details; the log has them', async () => {
    const { app, log } = stageOf(fakeSource(), [fakeSink()], {
      runner: { run: () => Promise.reject(new Error('deep inside')) },
    });
    const response = await expectProblem(
      request(app.express).post('/run'),
      500,
      'Internal Server Error',
      'internal error; the log of this server says more',
    );
    assert.ok(!/deep|\.ts|at /.test(response.text));
    assert.match(
      String(log.lines.find(({ text }) => text === 'internal error')?.fields['error']),
      /Error: deep inside\n +at /,
    );
  });
});

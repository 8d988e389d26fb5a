import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import request from 'supertest';
import type { MetricsOptions } from '../../../src/server/api/metrics.ts';
import type { AppOptions } from '../../../src/server/api/routes.ts';
import { stageOf } from '../../support/build/app.ts';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';

const TOKEN = 'reader-0123456789';
const TRIGGER = 'trigger-0123456789';
const TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const TEXT = 'x_total 1\n';

function appOf(
  tokens: readonly string[],
  page: MetricsOptions['page'] = async () => ({ type: TYPE, text: TEXT }),
): ReturnType<typeof stageOf>['app']['express'] {
  const metrics: AppOptions['metrics'] = { tokens, page };
  return stageOf(fakeSource(), [fakeSink()], { metrics, secrets: [TOKEN] }).app.express;
}

describe('GET /metrics', () => {
  it('answers in the type of the text format, uncached; HEAD the same without the text', async () => {
    const answer = await request(appOf([])).get('/metrics').set('Accept-Encoding', 'identity').expect(200, TEXT);
    assert.deepEqual(
      [answer.headers['content-type'], answer.headers['cache-control'], answer.headers['content-length']],
      [TYPE, 'no-store', '10'],
    );
    const head = await request(appOf([])).head('/metrics').set('Accept-Encoding', 'identity').expect(200);
    assert.deepEqual([head.text ?? '', head.headers['content-type'], head.headers['content-length']], ['', TYPE, '10']);
  });

  /** What scrapers send, of their documents and sources. */
  const PROMETHEUS_3 =
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';
  const PROMETHEUS_2 =
    'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

  for (const [accept, format] of [
    [PROMETHEUS_3, 'openmetrics'],
    [PROMETHEUS_2, 'openmetrics'],
    ['application/openmetrics-text', 'openmetrics'],
    ['Application/OpenMetrics-Text; Version="1.0.0"; charset=utf-8', 'openmetrics'],
    ['application/openmetrics-text;version=1.0.0;q=0.5,text/*;q=0.3', 'openmetrics'],
    ['application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5', 'text'],
    ['application/openmetrics-text;version=2.0.0', 'text'],
    ['application/openmetrics-text;q=0.2,text/plain;q=0.8', 'text'],
    ['application/openmetrics-text;q=0', 'text'],
    ['application/openmetrics-text;q=nonsense', 'text'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text'],
    ['*/*', 'text'],
    ['', 'text'],
  ] as const) {
    it(`is ${format} to who accepts ${JSON.stringify(accept.slice(0, 70))}`, async () => {
      const page = async (asked: string): Promise<{ type: string; text: string }> => ({ type: TYPE, text: asked });
      const answer = await request(appOf([], page)).get('/metrics').set('Accept', accept).expect(200, format);
      assert.equal(answer.headers['vary'], 'Accept, Accept-Encoding');
    });
  }

  it('is packed for who unpacks it', async () => {
    const app = appOf([], async () => ({ type: TYPE, text: TEXT.repeat(2000) }));
    const get = async (encoding: string): Promise<readonly unknown[]> => {
      const { headers, text } = await request(app).get('/metrics').set('Accept-Encoding', encoding).expect(200);
      assert.equal(text, TEXT.repeat(2000));
      return [headers['content-encoding'], Number(headers['content-length']) < 1000, headers['content-type']];
    };
    for (const encoding of ['gzip', 'deflate, gzip;q=0.5', '*'])
      assert.deepEqual(await get(encoding), ['gzip', true, TYPE]);
    for (const encoding of ['identity', 'deflate', 'gzip;q=0', 'gzip;q=0, *', ''])
      assert.deepEqual(await get(encoding), [undefined, false, TYPE], encoding);
    const head = await request(app).head('/metrics').set('Accept-Encoding', 'gzip').expect(200);
    assert.deepEqual([head.headers['content-encoding'], head.text ?? ''], ['gzip', '']);
  });

  for (const method of ['post', 'put', 'delete', 'patch', 'options'] as const) {
    it(`${method.toUpperCase()}: 405, GET is allowed`, async () => {
      const answer = await request(appOf([TOKEN]))
        [method]('/metrics')
        .set('Authorization', `Bearer ${TOKEN}`)
        .expect(405);
      assert.deepEqual([answer.headers['allow'], answer.body.detail], ['GET', 'use GET']);
    });
  }

  it('with a token is for those who have it, as Bearer or as the password of Basic', async () => {
    const app = appOf([TOKEN, `${TOKEN}-next`]);
    for (const header of [
      `Bearer ${TOKEN}`,
      `Bearer ${TOKEN}-next`,
      `Basic ${Buffer.from(`prometheus:${TOKEN}`).toString('base64')}`,
    ])
      await request(app).get('/metrics').set('Authorization', header).expect(200, TEXT);
    for (const header of [
      '',
      `Bearer ${TOKEN}x`,
      `Bearer ${TRIGGER}`,
      `Basic ${Buffer.from('prometheus:').toString('base64')}`,
      `Token ${TOKEN}`,
    ]) {
      for (const method of ['get', 'head'] as const) {
        const answer = await request(app)[method]('/metrics').set('Authorization', header).expect(401);
        assert.match(answer.headers['www-authenticate'] as string, /^Bearer, Basic realm="/);
        if (method === 'get')
          assert.deepEqual(answer.body, {
            type: 'docs/faults.md#http-401',
            title: 'Unauthorized',
            status: 401,
            detail: 'send the header "Authorization: Bearer <token>", with a token of METRICS_TOKEN',
          });
      }
    }
    await request(app).get(`/metrics?token=${TOKEN}`).expect(401);
  });

  it('with a token opens no run', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()], {
      authorize: ({ authorization }) => authorization === `Bearer ${TRIGGER}`,
      metrics: { tokens: [TOKEN], page: async () => ({ type: TYPE, text: TEXT }) },
    });
    await request(app.express).post('/run').set('Authorization', `Bearer ${TOKEN}`).expect(401);
    await request(app.express).post('/run').set('Authorization', `Bearer ${TRIGGER}`).expect(200);
  });

  it('without a token is for this machine: not for a page in its browser, a name that leads here, or what a proxy on it passes on', async () => {
    const app = appOf([]);
    for (const host of ['127.0.0.1:3000', 'localhost', '[::1]:3000'])
      await request(app).get('/metrics').set('Host', host).expect(200);
    for (const [name, value] of [
      ['Origin', 'https://evil.example'],
      ['Host', 'evil.example'],
      ['X-Forwarded-For', '203.0.113.9'],
      ['X-Forwarded-Host', 'evil.example'],
      ['X-Forwarded-Proto', 'https'],
      ['Forwarded', 'for=203.0.113.9'],
      ['Via', '1.1 proxy'],
      ['X-Real-IP', '203.0.113.9'],
    ] as const) {
      await request(app).get('/metrics').set(name, value).expect(401);
    }
  });

  it('without a token is not for other machines, whatever they say: the connection counts', async () => {
    const seen = { address: '' };
    const app = appOf([]);
    const server = createServer((incoming, outgoing) => {
      Object.defineProperty(incoming.socket, 'remoteAddress', { value: seen.address, configurable: true });
      app(incoming as Parameters<typeof app>[0], outgoing as Parameters<typeof app>[1]);
    });
    for (const [address, status] of [
      ['127.0.0.1', 200],
      ['127.8.8.8', 200],
      ['::1', 200],
      ['::ffff:127.0.0.1', 200],
      ['203.0.113.9', 401],
      ['10.127.0.1', 401],
      ['::ffff:203.0.113.9', 401],
      ['::11', 401],
      ['', 401],
    ] as const) {
      seen.address = address;
      await request(server).get('/metrics').set('Host', 'localhost').expect(status);
    }
  });

  it('that breaks is a 500 without details', async () => {
    const answer = await request(appOf([], () => Promise.reject(new Error('deep inside'))))
      .get('/metrics')
      .expect(500);
    assert.ok(!answer.text.includes('deep'));
  });

  it('is not there where nobody counts', async () => {
    await request(stageOf(fakeSource(), [fakeSink()]).app.express)
      .get('/metrics')
      .expect(404);
  });
});

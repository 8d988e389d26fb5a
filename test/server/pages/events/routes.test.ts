import assert from 'node:assert/strict';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import express from 'express';
import request from 'supertest';
import { createAuthLimits } from '../../../../src/server/http/auth-limit.ts';
import { createPage, type PageOptions } from '../../../../src/server/pages/index.ts';
import { createLogBook } from '../../../support/build/scope.ts';
import { eventOf } from '../../../support/events/events.ts';
import { fakeStore, type FakeStore } from '../../../support/events/fake-store.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 2);
const TOKEN = 'page-token-0123456789';

describe('single events over HTTP', () => {
  let store: FakeStore;
  beforeEach(() => (store = fakeStore()));

  const app = (given: Partial<PageOptions> = {}): express.Express => {
    const options = {
      ...{ now: () => NOW, sleep: () => new Promise(() => undefined), server: 'host-1', token: TOKEN, users: [] },
      ...{ redact: (text: string) => text.replaceAll('hunter2', '***'), log: { warn: () => undefined } },
      ...{
        memory: { version: () => 0, onPlainRun: () => undefined },
        source: {},
        events: { store, projects: ['shop'] },
      },
      ...given,
    } as unknown as PageOptions;
    const made = express();
    createPage(options)(
      made,
      createAuthLimits(() => NOW, createLogBook()),
    );
    return made;
  };
  const look = (path: string, given?: Partial<PageOptions>) => request(app(given)).get(path).auth('x', TOKEN);

  it('need the token of the pages', async () => {
    for (const path of ['/events', '/events.csv']) {
      assert.equal((await request(app()).get(path)).status, 401, path);
      assert.equal((await request(app()).post(path)).status, 405, path);
      assert.equal((await look(path)).status, 200, path);
    }
  });

  it('are nowhere without intakes', async () => {
    for (const path of ['/events', '/events.csv']) assert.equal((await look(path, { events: undefined })).status, 404);
  });

  it('tell no secret, on the page or in the file', async () => {
    store.put('shop', eventOf('e1', { at: NOW - 1_000, title: 'no hunter2 here', text: 'or hunter2 there' }));
    for (const path of ['/events', '/events.csv']) {
      const { text } = await look(path);
      assert.match(text, /no \*\*\* here/);
      assert.doesNotMatch(text, /hunter2/);
    }
  });

  it('are a file with its head, also when only that is asked for', async () => {
    store.put('shop', eventOf('e1', { at: NOW - 1_000 }));
    const { headers, text } = await look('/events.csv?level=error');
    assert.equal(headers['content-type'], 'text/csv; charset=utf-8; header=present');
    assert.equal(headers['content-disposition'], 'attachment; filename="events.csv"');
    assert.equal(headers['sentry-monitor-sent'], 'none');
    assert.equal(headers['cache-control'], 'no-store');
    assert.match(text, /^time,level,[^\r]*\r\n2026-11-20T10:01:59\.000Z,error,shop,[^\r]*\r\n$/);
    const head = await request(app()).head('/events.csv').auth('x', TOKEN);
    assert.deepEqual([head.status, head.text], [200, undefined]);
  });

  it('are no whole file when the ledger breaks off in the middle', async () => {
    for (let n = 0; n < 150; n++) store.put('shop', eventOf(`e${n}`, { at: NOW - 1_000 - n }));
    let asked = 0;
    const { newest } = store;
    store.newest = (given) => (++asked > 1 ? Promise.reject(new Error('away')) : newest(given));
    const server = createServer(app()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const asking = get({ port, host: '127.0.0.1', path: '/events.csv', auth: `x:${TOKEN}` });
      const [response] = (await once(asking, 'response')) as [IncomingMessage];
      await assert.rejects(async () => {
        for await (const _ of response);
      }, /aborted/);
    } finally {
      server.close();
    }
  });
});

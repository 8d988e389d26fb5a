import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { UpstreamError } from '../../../src/core/model/errors.ts';
import { createHttp, type HttpAnswer } from '../../../src/platform/http/client.ts';
import { selfSigned } from '../../support/apm/certificate.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { createClock, NOW } from '../../support/time/clock.ts';

interface Ended {
  readonly answer?: HttpAnswer;
  readonly error?: UpstreamError;
  readonly slept: readonly number[];
}

/** Trusted by this process while the tests run. */
const { key, cert } = selfSigned(Date.now());
const usual = getCACertificates();

describe('http: whether a request that must not be stored twice has left', () => {
  const open: Server[] = [];
  const sockets = new Set<Socket>();

  before(() => setDefaultCACertificates([...usual, cert]));
  after(() => setDefaultCACertificates(usual));
  afterEach(async () => {
    for (const name of ['HTTPS_PROXY', 'HTTP_PROXY']) delete process.env[name];
    for (const socket of sockets) socket.destroy();
    await Promise.all(open.splice(0).map((server) => new Promise((done) => server.close(done))));
  });

  async function listen(server: Server): Promise<number> {
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    });
    open.push(server);
    server.listen(0, 'localhost');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  async function post(url: string, timeoutMs = 10_000, body = 'one'): Promise<Ended> {
    const clock = createClock();
    const http = createHttp({ now: clock.now, sleep: clock.sleep, random: () => 0, userAgent: 'x/1' });
    const request = {
      service: 'svc',
      method: 'POST' as const,
      url,
      headers: {},
      body: Buffer.from(body),
      timeoutMs,
      repeatSafe: false,
      secrets: [],
      scope: scopeOf({ deadline: NOW + 120_000 }),
    };
    return http(request).then(
      (answer) => ({ answer, slept: clock.slept }),
      (error: unknown) => {
        if (!(error instanceof UpstreamError)) throw error;
        return { error, slept: clock.slept };
      },
    );
  }

  /** Counts its connections and does to each as told. */
  async function rude(act: (socket: Socket) => void): Promise<{ readonly port: number; connections(): number }> {
    let connections = 0;
    const port = await listen(
      createServer((socket) => {
        connections++;
        act(socket);
      }),
    );
    return { port, connections: () => connections };
  }

  function assertNotLeft({ error, slept }: Ended, message: RegExp): void {
    assert.match(error?.message ?? 'answered', message);
    assert.deepEqual(
      [error?.facts.maybeStored, error?.facts.retryable, slept],
      [false, true, [1000, 2000, 4000]],
      'four tries',
    );
  }

  function assertUncertain({ error, slept }: Ended, message: RegExp): void {
    assert.match(error?.message ?? 'answered', message);
    assert.deepEqual([error?.facts.maybeStored, error?.facts.retryable, slept], [true, true, []], 'one try');
  }

  it('a connection that breaks during the TLS handshake: it has not, and is tried again', async () => {
    const server = await rude((socket) => socket.once('data', () => socket.resetAndDestroy()));
    assertNotLeft(await post(`https://localhost:${server.port}/`), /^svc: cannot connect \(ECONNRESET\)/);
    assert.equal(server.connections(), 4);
  });

  it('a TLS handshake that does not come to an end: it has not', async () => {
    const server = await rude(() => undefined);
    assertNotLeft(
      await post(`https://localhost:${server.port}/`, 150, 'x'.repeat(300_000)),
      /^svc: no connection within 0\.15 s/,
    );
    assert.equal(server.connections(), 4);
  });

  it('over TLS, cut after it arrived: it has, and is uncertain', async () => {
    let heard = '';
    const server = createHttpsServer({ key, cert }, (request) =>
      request.on('data', (text) => (heard += String(text))).on('end', () => request.socket.destroy()),
    );
    assertUncertain(await post(`https://localhost:${await listen(server)}/`), /^svc: the connection broke/);
    assert.equal(heard, 'one');
  });

  it('over TLS, answered: it has', async () => {
    const server = createHttpsServer({ key, cert }, (request, response) =>
      request.resume().on('end', () => response.end('fine')),
    );
    assert.equal((await post(`https://localhost:${await listen(server)}/`)).answer?.text, 'fine');
  });

  it('without TLS, cut after it arrived: it has', async () => {
    let heard = '';
    const server = createHttpServer((request) =>
      request.on('data', (text) => (heard += String(text))).on('end', () => request.socket.destroy()),
    );
    assertUncertain(await post(`http://localhost:${await listen(server)}/`), /^svc: the connection broke/);
    assert.equal(heard, 'one');
  });

  it('nobody listens: it has not', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((done) => server.close(done));
    open.length = 0;
    assertNotLeft(await post(`http://localhost:${port}/`), /^svc: cannot connect \(ECONNREFUSED\)/);
  });

  it('a proxy that refuses to connect for good: it has not, and the proxy is named', async () => {
    const server = await rude((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')),
    );
    process.env['HTTPS_PROXY'] = `http://localhost:${server.port}`;
    const { error, slept } = await post('https://vendor.example.com/');
    assert.equal(
      error?.message,
      'svc: cannot connect, the proxy answered 403; check HTTPS_PROXY and what the proxy lets through',
    );
    assert.deepEqual(
      [error.facts.maybeStored, error.facts.retryable, slept, server.connections()],
      [false, false, [], 1],
    );
  });

  it('a proxy that cannot connect for now: it has not, and is tried again', async () => {
    const server = await rude((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n')),
    );
    process.env['HTTPS_PROXY'] = `http://localhost:${server.port}`;
    assertNotLeft(await post('https://vendor.example.com/'), /^svc: cannot connect, the proxy answered 502/);
    assert.equal(server.connections(), 4);
  });

  it('a proxy that says yes to the connection although it stores nothing: its 200 is no answer of the vendor', async () => {
    const server = await rude((socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n')),
    );
    process.env['HTTPS_PROXY'] = `http://localhost:${server.port}`;
    assertNotLeft(await post('https://vendor.example.com/', 150), /^svc: no connection within 0\.15 s/);
    assert.equal(server.connections(), 4);
  });

  it('a proxy that hangs: it has not', async () => {
    const server = await rude(() => undefined);
    process.env['HTTPS_PROXY'] = `http://localhost:${server.port}`;
    assertNotLeft(await post('https://vendor.example.com/', 150), /^svc: no connection within 0\.15 s/);
    assert.equal(server.connections(), 4);
  });
});

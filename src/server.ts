import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from './app.ts';

/** Slow clients are cut off: a post is a line and some headers, ms. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 15_000;

export interface Listening {
  readonly port: number;
  /** Ends the runs in hand within `graceMs`, then whatever still is under way; then closes. */
  close(graceMs: number): Promise<void>;
}

export interface ServerDeps {
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Aborts every run in hand. */
  abort(): void;
}

/** Time for aborted runs to say how they ended, ms. */
const ABORTED_MS = 5_000;

export async function listen(app: App, host: string, port: number, deps: ServerDeps): Promise<Listening> {
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, maxHeaderSize: 16 * 1024, connectionsCheckingInterval: 2_000 }, app.express);
  // What is no HTTP never reaches the app; it is told the same.
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nSentry-Monitor-Sent: none\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, done);
  });
  return { port: (server.address() as AddressInfo).port, close: (graceMs) => shut(server, app, graceMs, deps) };
}

async function shut(server: Server, app: App, graceMs: number, { sleep, abort }: ServerDeps): Promise<void> {
  app.stop();
  const idle = app.idle();
  const late = new AbortController();
  await Promise.race([idle, sleep(graceMs, late.signal).then(abort, () => undefined)]);
  await Promise.race([idle, sleep(ABORTED_MS, late.signal).catch(() => undefined)]);
  late.abort();
  // Answers that were just written go out before the sockets close.
  await new Promise<void>((done) => {
    server.close(() => done());
    server.closeIdleConnections();
    void sleep(500).then(() => server.closeAllConnections());
  });
}

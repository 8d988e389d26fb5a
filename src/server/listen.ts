import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../core/ports/clock.ts';
import type { App } from './api/routes.ts';
import { type ConnectionLimits, type Connections, createConnections, isAwaited } from './connections.ts';
import { problem } from './http/responses.ts';
import { listenTrouble } from './listen-trouble.ts';
import { refuseConnect, refuseMalformed } from './malformed.ts';

/** What a client may take of time and room. A post is a line and some headers: who is honest needs little of it. */
export interface ServerLimits extends ConnectionLimits {
  /** For request line and headers, then for the body too, ms. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** How often these two are looked at, ms: so much longer they may take. */
  readonly checkMs: number;
  /**
   * Between two requests of a connection, ms; Node adds a second. Longer than the minute of usual proxies: a post must
   * not meet our close.
   */
  readonly idleMs: number;
  /** For a client that takes in nothing of its answer, ms. */
  readonly stalledMs: number;
}

/** Measured: an open connection costs 10 kB, one whose headers never end 35 kB. */
export const LIMITS: ServerLimits = {
  headersMs: 10_000,
  requestMs: 10_000,
  checkMs: 2_000,
  idleMs: 75_000,
  stalledMs: 30_000,
  connections: 2_000,
  requests: 5_000,
  pipelined: 100,
};

/**
 * Connections that wait to be accepted: who comes beyond this tries again only after a second. The system's own limit
 * is often lower.
 */
const BACKLOG = 4096;

export interface Listening {
  readonly port: number;
  /** Ends the runs in hand within `graceMs`, then whatever still is under way; then closes. */
  close(graceMs: number): Promise<void>;
}

export interface Address {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

export interface ServerDeps extends Pick<Clock, 'sleep'> {
  /** Aborts every run in hand. */
  abort(): void;
}

/** Time for aborted runs to say how they ended, ms. */
const ABORTED_MS = 5_000;

export async function listen(
  app: App,
  { host, port }: Address,
  deps: ServerDeps,
  limits: ServerLimits = LIMITS,
): Promise<Listening> {
  const server = createLimited(limits);
  const connections = createConnections(limits);
  guard(server, app.handle, connections);
  await new Promise<void>((done, fail) => {
    server.once('error', (error) => {
      const { variable, text } = listenTrouble(error, { host, port });
      fail(new Error(`${variable}: ${text}`, { cause: error }));
    });
    server.listen({ port, host, backlog: BACKLOG }, done);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async (graceMs) => {
      app.stop();
      await ended(app.idle(), graceMs, deps);
      await closed(server, connections, deps);
    },
  };
}

function createLimited({ headersMs, requestMs, checkMs, idleMs, stalledMs }: ServerLimits): Server {
  const server = createServer({
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkMs,
    keepAliveTimeout: idleMs,
    maxHeaderSize: 16 * 1024,
    // What Node would answer by itself lacks our header: a missing Host is for the app.
    requireHostHeader: false,
  });
  server.setTimeout(stalledMs);
  // NOTE: undocumented. Who says nothing more still gets an answer; without it Node would hang up on the run.
  return Object.assign(server, { httpAllowHalfOpen: true });
}

/** What strangers send is answered, in turn and with our header, by `handle` or here; or their connection is cut. */
function guard(server: Server, handle: RequestListener, { opened, admit, find }: Connections): void {
  const receive: RequestListener = (request, response) => void (admit(request, response) && handle(request, response));
  server.on('connection', opened).on('request', receive).on('checkContinue', receive);
  server.on(
    'checkExpectation',
    (request, response) =>
      void (admit(request, response) && problem(response, 417, 'only 100-continue can be expected')),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const connection = find(socket);
    if (connection !== undefined && !socket.destroyed) refuseMalformed(connection, error.code);
  });
  server.on('connect', (_request, socket) => {
    socket.on('error', () => undefined); // Node has let go of it
    const connection = find(socket);
    if (connection !== undefined) refuseConnect(connection);
  });
  server.on('timeout', (socket: Socket) => {
    const connection = find(socket);
    if (connection === undefined || !isAwaited(connection)) socket.destroy();
  });
}

/** Runs may end by themselves for so long; then they are aborted. */
async function ended(idle: Promise<void>, graceMs: number, { sleep, abort }: ServerDeps): Promise<void> {
  const late = new AbortController();
  await Promise.race([idle, sleep(graceMs, late.signal).then(abort, () => undefined)]);
  await Promise.race([idle, sleep(ABORTED_MS, late.signal).catch(() => undefined)]);
  late.abort();
}

/** Answers that were just written go out before the sockets close. */
function closed(server: Server, connections: Connections, { sleep }: ServerDeps): Promise<void> {
  return new Promise<void>((done) => {
    server.close(() => done());
    server.closeIdleConnections();
    void sleep(500).then(() => connections.cutAll()); // Node's own list lacks CONNECTs
  });
}

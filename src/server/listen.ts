import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { App } from './api/routes.ts';
import { type Bounds, type Connections, createConnections, isAwaited } from './connections.ts';
import { problem } from './http/responses.ts';
import { refuseConnect, refuseUnreadable } from './malformed.ts';

/** What a client may take of time and room. A post is a line and some headers: the honest need next to nothing of it. */
export interface ServerLimits extends Bounds {
  /** For request line and headers, then for the body too, ms. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** How often these two are looked at, ms: so much longer they may take. */
  readonly checkMs: number;
  /** Between two requests of a connection, ms; Node adds a second. Longer than the minute of usual proxies: a post must not meet our close. */
  readonly idleMs: number;
  /** For a client that takes in nothing of its answer, ms. */
  readonly stalledMs: number;
}

/** Measured: an open connection costs 10 kB, one whose headers never end 35 kB. */
export const LIMITS: ServerLimits = {
  headersMs: 10_000,
  requestMs: 15_000,
  checkMs: 2_000,
  idleMs: 75_000,
  stalledMs: 30_000,
  connections: 2_000,
  requests: 5_000,
  pipelined: 100,
};

/** Thousands may knock at once; a knock beyond this is repeated by its system only after a second. The system's own limit is often lower. */
const BACKLOG = 4096;

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

export async function listen(
  app: App,
  host: string,
  port: number,
  deps: ServerDeps,
  limits: ServerLimits = LIMITS,
): Promise<Listening> {
  const {
    headersMs: headersTimeout,
    requestMs: requestTimeout,
    checkMs: connectionsCheckingInterval,
    idleMs: keepAliveTimeout,
  } = limits;
  // What Node would answer by itself lacks our header: a missing Host is for the app.
  const server = createServer({
    headersTimeout,
    requestTimeout,
    connectionsCheckingInterval,
    keepAliveTimeout,
    maxHeaderSize: 16 * 1024,
    requireHostHeader: false,
  });
  server.setTimeout(limits.stalledMs);
  // NOTE: undocumented. A client that says nothing more still gets its answer; without it Node would hang up on its run.
  Object.assign(server, { httpAllowHalfOpen: true });
  const connections = createConnections(limits);
  guard(server, app.handle, connections);
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen({ port, host, backlog: BACKLOG }, done);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: (graceMs) => shut(server, connections, app, graceMs, deps),
  };
}

/** Between strangers and `handle`: whatever they send is answered, in turn, and with our header; or their connection is cut. */
function guard(server: Server, handle: RequestListener, { opened, admit, lineOf }: Connections): void {
  const receive: RequestListener = (request, response) => void (admit(request, response) && handle(request, response));
  server.on('connection', opened).on('request', receive).on('checkContinue', receive);
  server.on(
    'checkExpectation',
    (request, response) =>
      void (admit(request, response) && problem(response, 417, 'only 100-continue can be expected')),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const line = lineOf(socket);
    if (line !== undefined && !socket.destroyed) refuseUnreadable(line, error.code);
  });
  server.on('connect', (_request, socket) => {
    socket.on('error', () => undefined); // Node has let go of it
    const line = lineOf(socket);
    if (line !== undefined) refuseConnect(line);
  });
  server.on('timeout', (socket: Socket) => {
    const line = lineOf(socket);
    if (line === undefined || !isAwaited(line)) socket.destroy();
  });
}

async function shut(
  server: Server,
  connections: Connections,
  app: App,
  graceMs: number,
  { sleep, abort }: ServerDeps,
): Promise<void> {
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
    void sleep(500).then(() => connections.cutAll()); // Node's own list lacks CONNECTs
  });
}

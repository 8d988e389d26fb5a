import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { controlAnswer } from '../control/api.ts';
import type { Fault } from './faults.ts';
import { headersWithoutKeys, type RawRequest } from '../world/received.ts';
import type { LoggedRequest } from './requests.ts';
import type { State } from '../world/state.ts';
import type { World } from '../world/world.ts';
import { type Answer, bodyText, json, type VendorRequest } from './message.ts';
import { misbehaviour, type Misbehaviour } from './misbehave.ts';
import { type Route, routeOf } from './routes.ts';

export type Edge = {
  readonly state: State;
  readonly world: World;
  readonly basePath: string;
  readonly sleep: (ms: number) => Promise<void>;
  /** Counts what arrives, from 1. */
  readonly count: () => number;
};

/** The one HTTP server in front of all vendors and the control API. */
export function createEdge(edge: Edge): Server {
  return createServer((incoming, outgoing) => {
    serve(edge, incoming, outgoing).catch((error: unknown) => {
      if (outgoing.destroyed || outgoing.headersSent) return;
      send(outgoing, json(500, { detail: 'sandbox failure', error: String(error) }), {});
    });
  });
}

async function serve(edge: Edge, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const raw = await readAll(incoming);
  const base = `http://${incoming.headers.host ?? 'localhost'}`;
  const url = new URL(`http://sandbox${incoming.url ?? '/'}`);
  if (url.pathname.startsWith('/sandbox/')) {
    send(outgoing, controlAnswer(edge.world, incoming.method ?? 'GET', url, raw.toString('utf8')), {});
    return;
  }
  const path = url.pathname.startsWith(`${edge.basePath}/api/0/`)
    ? url.pathname.slice(edge.basePath.length)
    : url.pathname;
  const route = edge.basePath !== '' && path === url.pathname && path.startsWith('/api/0/') ? undefined : routeOf(path);
  if (route === undefined) {
    send(outgoing, json(404, { detail: 'nothing here' }), dateOf(edge.state));
    return;
  }
  const request: VendorRequest = {
    n: edge.count(),
    method: incoming.method ?? 'GET',
    path,
    query: url.searchParams,
    headers: incoming.headers,
    raw,
    base: base + edge.basePath,
  };
  await perform(edge, route, request, outgoing);
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function perform(edge: Edge, route: Route, request: VendorRequest, outgoing: ServerResponse): Promise<void> {
  const { state } = edge;
  const entry = state.requests.open(loggedOf(state, route, request));
  const raw = rawOf(state, route, request);
  const pass = state.limiter.enter(route.endpoint, state.clock.now());
  try {
    const fault = state.faults.next(route.vendor, route.endpoint, decodedText(request));
    entry.fault = fault?.kind ?? null;
    if (raw !== undefined) raw.fault = entry.fault;
    await answerOrNot(edge, {
      route,
      request,
      outgoing,
      fault,
      entry,
      raw,
      refusal: pass.refusal,
      headers: pass.headers,
    });
  } finally {
    pass.leave();
    state.requests.close(entry);
  }
}

/** A request to a vendor, until it is answered. */
type Exchange = {
  readonly route: Route;
  readonly request: VendorRequest;
  readonly outgoing: ServerResponse;
  readonly fault: Fault | undefined;
  readonly entry: LoggedRequest;
  readonly raw: RawRequest | undefined;
  /** Of the vendor's limits. */
  readonly refusal: Answer | undefined;
  readonly headers: Readonly<Record<string, string>>;
};

async function answerOrNot({ state, sleep }: Edge, exchange: Exchange): Promise<void> {
  const { route, outgoing, fault, entry, raw } = exchange;
  const wrong = fault === undefined ? undefined : misbehaviour(state, fault, route.vendor, route.endpoint);
  if (wrong?.kind === 'hang') {
    await gone(outgoing);
    return;
  }
  if (wrong?.kind === 'cut') {
    outgoing.destroy();
    return;
  }
  const answer = answerOf(state, exchange, wrong);
  if (wrong?.kind === 'slow') await Promise.race([sleep(wrong.ms), gone(outgoing)]);
  if (wrong?.kind === 'stored-no-answer') {
    outgoing.destroy();
    return;
  }
  entry.status = answer.status;
  if (raw !== undefined) raw.status = answer.status;
  const headers = { ...exchange.headers, ...dateOf(state) };
  if (wrong?.kind === 'cut-body') sendHalf(outgoing, answer, headers);
  else send(outgoing, answer, headers);
}

function answerOf(state: State, { route, request, fault, refusal }: Exchange, wrong: Misbehaviour | undefined): Answer {
  if (wrong?.kind !== 'instead') return refusal ?? route.answer(state, request, fault);
  if (fault?.store === true) route.answer(state, request, undefined);
  return wrong.answer;
}

/** Until the other side, or close(), ends the connection. */
function gone(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('close', resolve);
  });
}

/** HTTP's own form: whole seconds. */
function dateOf(state: State): Record<string, string> {
  return { date: new Date(state.clock.now()).toUTCString() };
}

function send(outgoing: ServerResponse, answer: Answer, headers: Readonly<Record<string, string>>): void {
  if (outgoing.destroyed) return;
  outgoing.writeHead(answer.status, { ...answer.headers, ...headers });
  outgoing.end(answer.body);
}

/** Announces the whole body and ends the connection halfway. */
function sendHalf(outgoing: ServerResponse, answer: Answer, headers: Readonly<Record<string, string>>): void {
  const body = Buffer.from(answer.body);
  outgoing.writeHead(answer.status, { ...answer.headers, ...headers, 'content-length': String(body.length) });
  outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => {
    outgoing.destroy();
  });
}

function loggedOf(
  state: State,
  route: Route,
  request: VendorRequest,
): Omit<LoggedRequest, 'inFlight' | 'status' | 'fault'> {
  return {
    n: request.n,
    vendor: route.vendor,
    endpoint: route.endpoint,
    method: request.method,
    path: request.path,
    query: [...request.query].map(([key, value]) => [key, SECRET.has(key) ? '***' : value] as const),
    at: state.clock.now(),
  };
}

const SECRET = new Set(['token', 'Api-Key', 'sig']);

function rawOf(state: State, route: Route, request: VendorRequest): RawRequest | undefined {
  if (route.vendor === 'sentry') return undefined;
  const raw: RawRequest = {
    n: request.n,
    path: request.path,
    headers: headersWithoutKeys(request.headers),
    body: bodyText(request),
    at: state.clock.now(),
    status: null,
    fault: null,
  };
  state.received[route.vendor].raw.push(raw);
  return raw;
}

/** What `match` of a fault looks into. */
function decodedText(request: VendorRequest): string {
  const query = [...request.query].map(([key, value]) => `${key}=${value}`).join('&');
  return `${request.path}?${query}\n${bodyText(request)}`;
}

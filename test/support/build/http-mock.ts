import { isDeepStrictEqual } from 'node:util';
import nock from 'nock';
import { guardSockets, isLoopback } from './guard-sockets.ts';

/**
 * A request that a test expects. What is left out is not looked at.
 * But the query: left out, there must be none.
 */
export interface Expected {
  readonly method?: 'GET' | 'POST';
  /** Origin and path, without the query. */
  readonly url: string;
  /** Decoded pairs, in order within each name. */
  readonly query?: readonly (readonly [string, string])[];
  /** Names whose values may come in any order. */
  readonly unordered?: readonly string[];
  /** JSON, after gunzip. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | RegExp>>;
}

export interface Call {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  /** After gunzip. */
  readonly text: string;
  /** Parsed; undefined when it is no JSON. */
  readonly body: unknown;
}

export interface Answer {
  readonly status?: number;
  /** A text goes out as it is, everything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `cut`: the connection breaks after the request went out; `refused`: it never stood. */
export type Reply = Answer | 'cut' | 'refused' | ((call: Call) => Answer | Promise<Answer>);

type Pairs = readonly (readonly [string, string])[];

const unmatched: string[] = [];

/** One mock per reply, used up in their order. Gives back the calls, as they come. */
export function mock(expected: Expected, ...replies: readonly Reply[]): Call[] {
  const calls: Call[] = [];
  standBy();
  const { origin, pathname } = new URL(expected.url);
  for (const reply of replies) {
    const matchPath = (path: string): boolean => {
      const url = new URL(path, origin);
      return (
        url.pathname === pathname && sameQuery([...url.searchParams], expected.query ?? [], expected.unordered ?? [])
      );
    };
    const matchBody = (body: unknown): boolean => !('body' in expected) || isDeepStrictEqual(body, expected.body);
    let interceptor = nock(origin).intercept(matchPath, expected.method ?? 'GET', matchBody as never);
    for (const [name, value] of Object.entries(expected.headers ?? {}))
      interceptor = interceptor.matchHeader(name, value);
    interceptor.reply(async (request: Request) => answer(reply, await callOf(request, calls)));
  }
  return calls;
}

/** Answers each GET that `holds`, as often as it is asked, also never. Gives back the calls, as they come. */
export function mockAlways(address: string, holds: (query: Pairs) => boolean, reply: Reply): Call[] {
  const calls: Call[] = [];
  standBy();
  const { origin, pathname } = new URL(address);
  const matchPath = (path: string): boolean => {
    const url = new URL(path, origin);
    return url.pathname === pathname && holds([...url.searchParams]);
  };
  nock(origin)
    .persist()
    .get(matchPath)
    .optionally()
    .reply(async (request: Request) => answer(reply, await callOf(request, calls)));
  return calls;
}

/** The mocks that nobody asked for yet. */
export function pending(): number {
  return nock.pendingMocks().length;
}

/** Fails when a request had no mock, or a mock no request; then forgets all. */
export function checkMocks(): void {
  const missing = unmatched.splice(0);
  const unused = nock.pendingMocks().length;
  dropMocks();
  if (missing.length > 0)
    throw new Error(
      `${missing.length} requests without a mock (mock them, or find out why they leave):\n${missing.join('\n')}`,
    );
  if (unused > 0) throw new Error(`${unused} mocks were never asked for`);
}

/** Forgets everything, without judging. */
export function dropMocks(): void {
  unmatched.length = 0;
  nock.cleanAll();
  nock.restore();
}

/** From now on nothing leaves this machine, and `checkMocks` tells of what tried. Gives back what ends that. */
export function watchMocks(): () => void {
  nock.disableNetConnect();
  nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[?::1\]?)(:\d+)?$/);
  nock.emitter.on('no match', noteUnmatched);
  dropMocks();
  // Nock itself refuses what has no mock, and connects in its own way what has one.
  const open = guardSockets(
    () => !nock.isActive(),
    (host) => unmatched.push(`a connection to ${host}`),
  );
  return () => {
    open();
    nock.emitter.off('no match', noteUnmatched);
  };
}

/** Nock looks into each connection of the process, so it stands by only where a test has mocks. */
function standBy(): void {
  if (!nock.isActive()) nock.activate();
}

function noteUnmatched(request: Request): void {
  const url = new URL(request.url);
  if (isLoopback(url.hostname)) return;
  const at = unmatched.push(`${request.method} ${decodeURIComponent(request.url)}`) - 1;
  if (request.method === 'POST')
    void request
      .clone()
      .text()
      .then(
        (text) => (unmatched[at] += `\n${text.slice(0, 2000)}`),
        () => undefined,
      );
}

async function callOf(request: Request, calls: Call[]): Promise<Call> {
  const text = await request.clone().text();
  const call = {
    headers: Object.fromEntries(request.headers),
    query: [...new URL(request.url).searchParams],
    text,
    body: json(text),
  };
  calls.push(call);
  return call;
}

async function answer(reply: Reply, call: Call): Promise<unknown> {
  if (reply === 'cut') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  if (reply === 'refused') throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const { status = 200, body = '', headers = {} } = typeof reply === 'function' ? await reply(call) : reply;
  const isText = typeof body === 'string';
  return [
    status,
    isText ? body : JSON.stringify(body),
    { ...(isText ? {} : { 'content-type': 'application/json' }), ...headers },
  ];
}

function sameQuery(given: Pairs, wanted: Pairs, unordered: readonly string[]): boolean {
  return isDeepStrictEqual(byName(given, unordered), byName(wanted, unordered));
}

function byName(pairs: Pairs, unordered: readonly string[]): Pairs {
  return pairs.toSorted(([a, one], [b, two]) => compare(a, b) || (unordered.includes(a) ? compare(one, two) : 0));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

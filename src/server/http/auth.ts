import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Whether a request with these headers may trigger a run. */
export type Authorize = (headers: IncomingHttpHeaders) => boolean;

/** Takes the same time whatever was sent: hashes have one length, and all tokens are compared. */
export function bearer(tokens: readonly string[]): Authorize {
  if (tokens.length === 0) return isFromHere;
  const isOne = among(tokens);
  return ({ authorization }) => isOne(bearerOf(authorization));
}

/** As `authorize`, or with one of these tokens. */
export function orBearer(authorize: Authorize, tokens: readonly string[]): Authorize {
  const isOne = among(tokens);
  return (headers) => [authorize(headers), isOne(bearerOf(headers.authorization))].includes(true);
}

/** What decides whether somebody may read. */
export type ReadRequest = Pick<IncomingMessage, 'headers'> & {
  readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'>;
};

/**
 * - yes:   may read
 * - token: must show a token
 * - here:  no token is set, and this is not somebody at this machine
 */
export type Access = 'yes' | 'token' | 'here';

/**
 * For those who only read: any of the tokens as bearer, or as the password of Basic, whatever the user's name. Without
 * tokens only this machine may, and the connection counts too: the server may listen to the world.
 */
export function readAccess(tokens: readonly string[]): (request: ReadRequest) => Access {
  if (tokens.length === 0) return (request) => (isThisMachine(request) ? 'yes' : 'here');
  const isOne = among(tokens);
  return ({ headers: { authorization } }) =>
    isOne(bearerOf(authorization) ?? passwordOf(authorization)) ? 'yes' : 'token';
}

function among(tokens: readonly string[]): (given: string | undefined) => boolean {
  const hashes = tokens.map(hash);
  return (text = '') => {
    const given = hash(text);
    return hashes.map((it) => timingSafeEqual(it, given)).includes(true);
  };
}

function bearerOf(authorization = ''): string | undefined {
  return /^Bearer +([^\s]+) *$/i.exec(authorization)?.[1];
}

function passwordOf(authorization = ''): string | undefined {
  const pair = /^Basic +([A-Za-z0-9+/]+=*) *$/i.exec(authorization)?.[1];
  return pair === undefined ? undefined : /^[^:]*:([^]*)$/.exec(Buffer.from(pair, 'base64').toString())?.[1];
}

/** What a proxy adds: then the neighbour is the proxy, and nobody knows who asks. */
const FORWARDED = new RegExp(
  '^(forwarded|via|x-forwarded(-.+)?|x-original-forwarded-for|x-real-ip|x-(cluster-)?client-ip|' +
    'true-client-ip|cf-connecting-ip|x-envoy-external-address)$',
);

/**
 * Without tokens the server listens on loopback only (see settings). Strangers could still reach it through a proxy on
 * this machine, and any page could make a browser on this machine post: such a request has an origin, or names a host
 * that is not this machine.
 */
function isFromHere(headers: IncomingHttpHeaders): boolean {
  const { origin, host = '' } = headers;
  if (origin !== undefined || !/^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host)) return false;
  return !Object.keys(headers).some((name) => FORWARDED.test(name));
}

function isThisMachine({ socket: { remoteAddress = '' }, headers }: ReadRequest): boolean {
  return /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/i.test(remoteAddress) && isFromHere(headers);
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

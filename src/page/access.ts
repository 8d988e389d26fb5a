import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * - yes:   may look
 * - token: must show the token
 * - here:  no token is set, and this is not somebody at this machine
 */
export type Access = 'yes' | 'token' | 'here';

/**
 * Who may look: with a token, whoever shows it, as Basic's password or as a bearer; without one only this machine. Takes the
 * same time whatever was shown.
 */
export function readAccess(token: string | undefined): (request: IncomingMessage) => Access {
  if (token === undefined) return (request) => (isFromHere(request) ? 'yes' : 'here');
  const wanted = hash(token);
  return ({ headers: { authorization = '' } }) => (timingSafeEqual(hash(shownIn(authorization)), wanted) ? 'yes' : 'token');
}

function shownIn(authorization: string): string {
  const [, scheme = '', value = ''] = /^(Basic|Bearer) +(\S+) *$/i.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return value;
  const pair = Buffer.from(value, 'base64').toString();
  return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : '';
}

/** What a proxy adds: then the neighbour is the proxy, and nobody knows who looks. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/** The connection comes from this machine and no proxy; and the browser, if it is one, was not sent by another site under a name of its own. */
function isFromHere({ headers, socket: { remoteAddress = '' } }: IncomingMessage): boolean {
  const isLoopback = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/i.test(remoteAddress);
  const isNamed = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(headers.host ?? '');
  return isLoopback && isNamed && headers.origin === undefined && FORWARDED.every((name) => headers[name] === undefined);
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

import { createHash, timingSafeEqual } from 'node:crypto';

/** What of a request decides. */
export interface Credentials {
  readonly authorization?: string | undefined;
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
}

/** Whether a request may trigger a run. */
export type Authorize = (headers: Credentials) => boolean;

/** Takes the same time whatever was sent: hashes have one length, and all tokens are compared. */
export function bearer(tokens: readonly string[]): Authorize {
  if (tokens.length === 0) return isFromHere;
  const isOne = among(tokens);
  return ({ authorization }) => isOne(bearerOf(authorization));
}

/** For those who only read: the token as Bearer, or as the password of Basic, whatever the user's name. Without tokens nobody may. */
export function reader(tokens: readonly string[]): Authorize {
  const isOne = among(tokens);
  return ({ authorization }) => isOne(bearerOf(authorization) ?? passwordOf(authorization));
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

/**
 * Without tokens the server listens on loopback only (see settings), and a browser on this machine could still be made to
 * post by any page: such a request has an origin, or names a host that is not this machine.
 */
export function isFromHere({ origin, host }: Credentials): boolean {
  return origin === undefined && /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host ?? '');
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

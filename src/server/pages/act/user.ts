import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Somebody who may act from the pages. */
export interface User {
  readonly name: string;
  readonly token: string;
}

/** Who asks, by Basic with name and token; undefined: nobody who may act. Takes the same time whatever was sent. */
export function userOf(users: readonly User[]): (headers: IncomingHttpHeaders) => User | undefined {
  const known = users.map((user) => ({ user, print: print(`${user.name.toLowerCase()}:${user.token}`) }));
  return ({ authorization = '' }) => {
    const pair = /^Basic +([A-Za-z0-9+/]+=*) *$/i.exec(authorization)?.[1];
    const [, name = '', token = ''] = /^([^:]*):([^]*)$/.exec(Buffer.from(pair ?? '', 'base64').toString()) ?? [];
    const given = print(`${name.toLowerCase()}:${token}`);
    const found = known.map(({ print: own }) => timingSafeEqual(own, given));
    return known[found.indexOf(true)]?.user;
  };
}

function print(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

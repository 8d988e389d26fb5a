import type { RequestHandler } from 'express';
import type { AuthLimit } from '../http/auth-limit.ts';
import { readAccess } from '../http/auth.ts';
import { tooMany } from '../http/responses.ts';
import { type User, userOf } from './act/user.ts';
import { htmlAnswer, send } from './answer.ts';
import { type Refused, refusedPage } from './refused.ts';

export interface GuardOptions {
  /** Undefined: only this machine may look, and who may act. */
  readonly token: string | undefined;
  /** Who may act; each may also look. */
  readonly users: readonly User[];
}

/** Lets through who may; everybody else gets a page that says what to do. */
export interface Guard {
  readonly look: RequestHandler;
  /** Leaves who it is in `response.locals.user`. */
  readonly act: RequestHandler;
}

export function createGuard({ token, users }: GuardOptions, failures: AuthLimit): Guard {
  const access = readAccess([...(token === undefined ? [] : [token]), ...users.map((user) => user.token)]);
  const userIn = userOf(users);
  const wanted = wantedOf(token, users);
  const guard =
    (judge: (...args: Parameters<RequestHandler>) => Refused | 'yes'): RequestHandler =>
    (request, response, next) => {
      const found = judge(request, response, next);
      if (found === 'yes') return next();
      const seconds = failures.note(request);
      // Without a token a browser asks for it: that is how everybody begins.
      if (seconds !== null && request.headers.authorization !== undefined) return tooMany(response, seconds);
      if (found !== 'here') response.set('WWW-Authenticate', 'Basic realm="sentry-monitor", charset="UTF-8"');
      void send(request, response, htmlAnswer(found === 'here' ? 403 : 401, refusedPage(found)));
    };
  return {
    look: guard((request) => {
      const found = access(request);
      return found === 'token' ? wanted : found;
    }),
    act: guard((request, response) => {
      const user = userIn(request.headers);
      response.locals['user'] = user;
      return user === undefined ? 'user' : 'yes';
    }),
  };
}

/** What there is to log in with. */
function wantedOf(token: string | undefined, users: readonly User[]): Refused {
  if (users.length === 0) return 'token';
  return token === undefined ? 'name' : 'either';
}

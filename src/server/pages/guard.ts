import type { RequestHandler } from 'express';
import { createAuthLimit } from '../http/auth-limit.ts';
import { readAccess } from '../http/auth.ts';
import { tooMany } from '../http/responses.ts';
import { htmlAnswer, send } from './answer.ts';
import { refusedPage } from './refused.ts';

export interface GuardOptions {
  /** Undefined: only this machine may look. */
  readonly token: string | undefined;
  readonly log: { warn(fields: object, text: string): void };
  now(): number;
}

/** Lets through who may look; everybody else gets a page that says what to do. */
export function createGuard({ token, now, log }: GuardOptions): RequestHandler {
  const access = readAccess(token === undefined ? [] : [token]);
  const limit = createAuthLimit(now, log, 'look');
  return (request, response, next) => {
    limit.settle();
    const found = access(request);
    if (found === 'yes') return next();
    const seconds = limit.note(request);
    // Without a token a browser asks for it: that is how everybody begins.
    if (seconds !== null && request.headers.authorization !== undefined) return tooMany(response, seconds);
    if (found === 'token') response.set('WWW-Authenticate', 'Basic realm="sentry-monitor", charset="UTF-8"');
    void send(request, response, htmlAnswer(found === 'token' ? 401 : 403, refusedPage(found)));
  };
}

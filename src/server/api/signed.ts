import type { Express, Request, Response } from 'express';
import type { Posted } from '../../core/ports/alerting/desk.ts';
import type { AuthLimit, AuthLimits } from '../http/auth-limit.ts';
import { bytesOf, takeBodyOf } from '../http/request.ts';
import { JSON_TYPE, notAllowed, problem, reply, tooMany } from '../http/responses.ts';

/** What a post comes to. `after`: what is done once it is answered; never rejects. */
export type SignedAnswer =
  /** It is not from who signs, or is old. */
  | 'unsigned'
  /** It cannot be read. */
  | 'unread'
  | { readonly body?: object; readonly after?: () => Promise<void> };

/** A way in for a vendor who has no token of ours, and signs what he posts. */
export interface SignedPost {
  readonly path: string;
  readonly mostBytes: number;
  /** What of the body is understood is understood only once it is known to be signed. */
  answer(posted: Posted): Promise<SignedAnswer>;
}

interface SignedDesk {
  readonly options: { redact(text: string): string };
  readonly limits: Pick<AuthLimits, 'of'>;
  readonly isStopped: boolean;
}

/** Adds it; `track`: holds the end of the server up until that is done. */
export function signedRoute(
  app: Express,
  { path, mostBytes, answer }: SignedPost,
  desk: SignedDesk,
  track: (work: Promise<void>) => void,
): void {
  const { redact } = desk.options;
  const failures = desk.limits.of('post', path);
  const act = async (request: Request, response: Response): Promise<void> => {
    if (desk.isStopped) {
      response.set('Connection', 'close');
      return problem(response, 503, 'this server is shutting down; post to another one');
    }
    const found = await answer({ body: bytesOf(request), headers: request.headers });
    if (found === 'unsigned') return refuse(request, response, failures);
    if (found === 'unread') return problem(response, 400, 'the body cannot be read');
    const { body, after } = found;
    if (body === undefined) reply(response, 200, 'text/plain; charset=utf-8', '');
    else reply(response, 200, JSON_TYPE, redact(JSON.stringify(body)));
    if (after !== undefined) track(after());
  };
  app
    .route(path)
    .post(takeBodyOf(mostBytes, `a post to ${path} has at most ${mostBytes / 1024}kb`), act)
    .all((_request, response) => notAllowed(response, 'POST'));
}

/** NOTE: without a word of what was wrong: who signs knows, and who guesses must not learn. */
function refuse(request: Request, response: Response, failures: AuthLimit): void {
  const seconds = failures.note(request);
  if (seconds === null) problem(response, 401, 'not signed by who may post here');
  else tooMany(response.set('Connection', 'close'), seconds);
}

import type { IncomingMessage } from 'node:http';
import type { Express } from 'express';
import { isFromHere, reader } from './auth.ts';
import { notAllowed, problem, reply } from './problem.ts';

/** What is shown at `GET /metrics`, and to whom. */
export interface MetricsOptions {
  /** Each of them opens it; empty: only this machine may look. */
  readonly tokens: readonly string[];
  page(): Promise<{ readonly type: string; readonly text: string }>;
}

export function metricsRoute(app: Express, { tokens, page }: MetricsOptions): void {
  const isToken = reader(tokens);
  const mayRead = (request: IncomingMessage): boolean => (tokens.length > 0 ? isToken(request.headers) : isLocal(request));
  app.route('/metrics')
    .get(async (request, response) => {
      if (!mayRead(request)) {
        response.set('WWW-Authenticate', 'Bearer, Basic realm="metrics"');
        return problem(response, 401);
      }
      const { type, text } = await page();
      reply(response, 200, type, text);
    })
    .all((_request, response) => notAllowed(response, 'GET'));
}

/** The server may listen to the world, so here the connection counts too; a proxy on this machine is not who asks. */
function isLocal({ socket: { remoteAddress = '' }, headers }: IncomingMessage): boolean {
  const passedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'].some((name) => headers[name] !== undefined);
  return /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/i.test(remoteAddress) && !passedOn && isFromHere(headers);
}

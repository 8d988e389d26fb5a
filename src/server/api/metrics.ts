import type { Express } from 'express';
import { readAccess } from '../http/auth.ts';
import { notAllowed, problem, reply } from '../http/responses.ts';

/** What is shown at `GET /metrics`, and to whom. */
export interface MetricsOptions {
  /** Each of them opens it; empty: only this machine may look. */
  readonly tokens: readonly string[];
  page(): Promise<{ readonly type: string; readonly text: string }>;
}

export function metricsRoute(app: Express, { tokens, page }: MetricsOptions): void {
  const access = readAccess(tokens);
  app
    .route('/metrics')
    .get(async (request, response) => {
      if (access(request) !== 'yes') {
        response.set('WWW-Authenticate', 'Bearer, Basic realm="metrics"');
        return problem(response, 401);
      }
      const { type, text } = await page();
      reply(response, 200, type, text);
    })
    .all((_request, response) => notAllowed(response, 'GET'));
}

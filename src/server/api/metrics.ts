import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Express, Request } from 'express';
import { acceptedBy, weightOf } from '../http/accept.ts';
import { readAccess } from '../http/auth.ts';
import { notAllowed, reply, unauthorized } from '../http/responses.ts';

/** What is shown at `GET /metrics`, and to whom. */
export interface MetricsOptions {
  /** Each of them opens it; empty: only this machine may look. */
  readonly tokens: readonly string[];
  page(format: 'text' | 'openmetrics'): Promise<{ readonly type: string; readonly text: string }>;
}

export function metricsRoute(app: Express, { tokens, page }: MetricsOptions): void {
  const access = readAccess(tokens);
  app
    .route('/metrics')
    .get(async (request, response) => {
      if (access(request) !== 'yes') {
        response.set('WWW-Authenticate', 'Bearer, Basic realm="metrics"');
        return unauthorized(response, 'METRICS_TOKEN');
      }
      const { type, text } = await page(wantsOpenMetrics(request) ? 'openmetrics' : 'text');
      response.set('Vary', 'Accept, Accept-Encoding');
      if (!takesGzip(request)) return reply(response, 200, type, text);
      response.set('Content-Encoding', 'gzip');
      reply(response, 200, type, await packed(text));
    })
    .all((_request, response) => notAllowed(response, 'GET'));
}

const packed = promisify<string, Uint8Array>(gzip);

const OPEN_METRICS = 'application/openmetrics-text';

/** Only who names it gets it, and only as version 1.0; text is for everybody else. */
function wantsOpenMetrics({ headers }: Request): boolean {
  const accepted = acceptedBy(headers.accept);
  const ours = accepted.filter(({ params }) => ['1.0.0', undefined].includes(params.get('version')));
  const wanted = weightOf(ours, OPEN_METRICS);
  return wanted > 0 && wanted >= weightOf(accepted, 'text/plain', 'text/*', '*/*');
}

function takesGzip({ headers }: Request): boolean {
  const accepted = acceptedBy(String(headers['accept-encoding'] ?? ''));
  return weightOf(accepted, 'gzip', 'x-gzip', '*') > 0;
}

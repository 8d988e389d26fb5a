import { UpstreamError } from '../../core/model/errors.ts';
import type { Finding } from '../../core/ports/finding.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { Http } from '../../platform/http/client.ts';
import { parseJson } from '../../platform/http/json.ts';
import { tryToListen } from '../../server/listen-trouble.ts';
import type { Disk } from '../world.ts';
import type { Check } from './check.ts';
import { inForceFindings } from './in-force.ts';

const NAME = 'service';
const TIMEOUT_MS = 5_000;

export interface ServiceOptions {
  readonly host: string;
  readonly port: number;
  /** Of the filters: a file, or a folder. */
  readonly path: string;
  readonly disk: Disk;
  readonly http: Http;
}

/** The service that runs at the address of these settings; if there is none, whether one could. */
export function serviceCheck(options: ServiceOptions): Check {
  return {
    name: NAME,
    async *run({ scope }) {
      const { host, port } = options;
      if (port === 0) return;
      const trouble = await tryToListen({ host, port });
      const answer = trouble?.isTaken === true ? await ask(options, scope) : null;
      if (answer !== null) yield* answerFindings(answer, options);
      else if (trouble !== null) yield { check: NAME, status: 'failed', variable: trouble.variable, say: trouble.text };
      else yield { check: NAME, status: 'ok', say: `none runs at ${host}:${port} now, and one can` };
    },
  };
}

/** What `/readyz` says; null: what is there speaks no HTTP. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** In words, when it is no success. */
  readonly detail: string;
}

async function ask({ host, port, http }: ServiceOptions, scope: Scope): Promise<Answer | null> {
  try {
    const { status, text } = await http({
      service: NAME,
      method: 'GET',
      url: `http://${hostOf(host)}:${port}/readyz`,
      urlVariable: 'PORT',
      headers: {},
      timeoutMs: TIMEOUT_MS,
      tries: 1,
      repeatSafe: true,
      secrets: [],
      scope,
    });
    return { status, body: parseJson(text), detail: '' };
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.status === undefined) return null;
    return { status: error.status, body: undefined, detail: error.facts.detail ?? '' };
  }
}

/** Where a service that listens on all addresses is reached. */
function hostOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function* answerFindings({ status, body, detail }: Answer, options: ServiceOptions): Generator<Finding> {
  const { host, port } = options;
  const place = `${host}:${port}`;
  const state = (body as { readonly status?: unknown } | null | undefined)?.status;
  if (status === 503) yield { check: NAME, status: 'failed', say: `the one at ${place} is not ready: ${detail}` };
  else if (state === 'degraded')
    yield { check: NAME, status: 'warning', say: `the one at ${place} is degraded; its log and its page say why` };
  else if (state === 'ready') yield { check: NAME, status: 'ok', say: `the one at ${place} is ready` };
  else {
    const say =
      `${port} on ${host} is taken by something else, which answers ${status} to GET /readyz; ` +
      'stop it, or choose another port';
    yield { check: NAME, status: 'failed', variable: 'PORT', say };
    return;
  }
  yield* inForceFindings(body, options);
}

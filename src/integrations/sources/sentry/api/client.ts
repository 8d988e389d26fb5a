import { UpstreamError } from '../../../../core/model/errors.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Http, HttpAnswer } from '../../../../platform/http/client.ts';
import { parseJson } from '../../../../platform/http/json.ts';
import type { Priority } from '../limits/priority-queue.ts';
import type { Queueing, RequestQueue } from '../limits/request-queue.ts';
import { adviceOn } from './advice.ts';
import { isGlitchTipLink, nextCursor } from './links.ts';
import type { Params } from './query.ts';

/** One Sentry organization's API. */
export interface Client {
  /** Instance name, for messages. */
  readonly name: string;
  readonly org: string;
  /** URL of an endpoint of the organization; each segment is encoded. */
  url(...segments: readonly string[]): string;
  /** URL of the list of organizations that the token belongs to. */
  readonly organizationsUrl: string;
  /** The same for an endpoint of an issue, outside of the organization. */
  issueUrl(id: string, ...segments: readonly string[]): string;
  /** The same for an endpoint of one of its projects. */
  projectUrl(slug: string, ...segments: readonly string[]): string;
  get(url: string, params: Params, scope: RequestScope): Promise<Page>;
}

/** A run's scope, and how its request queues when several must wait. */
export interface RequestScope extends Scope {
  readonly queueing?: Queueing | undefined;
  /** Tries of each request at most; undefined: as many as the trouble is worth. */
  readonly tries?: number | undefined;
}

/** `owner`: the filter that the request is for; '': several. `unless`: aborted when it is not needed any more. */
export function queuedAs(scope: Scope, priority: Priority, owner = '', unless?: AbortSignal): RequestScope {
  return { ...scope, queueing: { priority, owner, ...(unless === undefined ? {} : { unless }) } };
}

export interface Page {
  /** Parsed JSON, of whatever shape. */
  readonly body: unknown;
  /** Cursor of the next page; null: this is the last. */
  readonly next: string | null;
  /** Whether a `Link` header said so: without one nothing is known of a next page. */
  readonly isLinked: boolean;
  /** Whether the `Link` header is written as GlitchTip writes it. */
  readonly isGlitchTip: boolean;
}

export interface ClientOptions {
  /** Instance name. */
  readonly name: string;
  /** Base without a slash at its end; may have a path. */
  readonly baseUrl: string;
  readonly org: string;
  readonly token: string;
  /** Whole answer, ms. */
  readonly timeoutMs: number;
}

export function createClient(options: ClientOptions, http: Http, requestQueue: RequestQueue): Client {
  const { name, org, token } = options;
  const asked = requestOf(options);
  const api = `${options.baseUrl.replace(/\/api\/0$/, '')}/api/0`;
  return {
    name,
    org,
    organizationsUrl: `${api}/organizations/`,
    issueUrl: (...segments) => `${api}/issues/${segments.map(segment).join('/')}/`,
    projectUrl: (...segments) => `${api}/projects/${[org, ...segments].map(segment).join('/')}/`,
    url: (...segments) => `${api}/organizations/${[org, ...segments].map(segment).join('/')}/`,
    async get(url, params, scope) {
      const endpoint = endpointOf(url);
      const answer = await http({
        ...asked,
        url,
        params,
        scope,
        slot: (attempt) => requestQueue.slot(endpoint, attempt, scope),
        onTry: () => scope.meter.requested(),
        onAnswer: (it) =>
          requestQueue.observe(endpoint, {
            ...it,
            isOverloaded: it.status === 429 || it.status === 503 || isQueryTimeout(it),
          }),
        onWait: (ms) => requestQueue.pause(endpoint, ms),
        tries: scope.tries,
        advice: (it) => adviceOn(it, url, token),
      });
      seeClock(answer, scope);
      return {
        body: bodyOf(answer, name),
        next: nextCursor(answer.headers['link']),
        isLinked: /rel="?next/.test(answer.headers['link'] ?? ''),
        isGlitchTip: isGlitchTipLink(answer.headers['link']),
      };
    },
  };
}

/** What every request has. */
function requestOf({ name, token, timeoutMs }: ClientOptions) {
  return {
    service: name,
    method: 'GET',
    urlVariable: 'SENTRY_URL',
    timeoutMs,
    repeatSafe: true,
    headers: { Authorization: `Bearer ${token}` },
    secrets: [token],
    temporary: (status: number, text: string) => isQueryTimeout({ status, text }),
  } as const;
}

/** How Sentry says that its own storage has too much to do, or too large a question. */
function isQueryTimeout({ status, text }: { readonly status: number; readonly text: string }): boolean {
  return status === 400 && text.includes('Query timeout');
}

/** Kind and last segment of the path: what Sentry counts together, whatever the organization or project. */
function endpointOf(url: string): string {
  const segments = new URL(url).pathname
    .split('/api/0/')
    .at(-1)!
    .split('/')
    .filter((it) => it !== '');
  const last = segments.at(-1)!;
  // NOTE: one issue by its id is an endpoint of its own, the same for all ids.
  return segments.at(-2) === 'issues' ? `${segments[0]} issue` : `${segments[0]} ${last}`;
}

function segment(text: string): string {
  if (text === '' || text === '.' || text === '..') throw new Error(`"${text}" cannot stand in a URL`);
  return encodeURIComponent(text);
}

/** `Date` is cut to whole seconds: on average the server's clock was half a second further. */
function seeClock({ headers, sentAt, receivedAt }: HttpAnswer, scope: Scope): void {
  const theirs = Date.parse(headers['date'] ?? '') + 500;
  if (!Number.isNaN(theirs)) scope.meter.sawClock((sentAt + receivedAt) / 2 - theirs, (receivedAt - sentAt) / 2);
}

function bodyOf({ status, text, headers }: HttpAnswer, service: string): unknown {
  const body = parseJson(text);
  if (body !== undefined) return body;
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(headers['content-type'] ?? '')?.[0] ?? 'no content type';
  throw new UpstreamError(
    `${service}: answered ${status} with something that is not JSON (${type}, ${text.length} characters); ` +
      'check SENTRY_URL and what stands between',
    { service, status, retryable: true },
  );
}

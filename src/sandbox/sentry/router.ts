import { bare, json } from '../http/message.ts';
import { forbidden, notFound, refuse, Refusal } from './errors.ts';
import { issueDetails, issueList } from './issues.ts';
import { projectDetails, projectList } from './projects.ts';
import { eventsTable } from './table.ts';
import type { Answer, VendorRequest } from '../http/message.ts';
import type { State } from '../state.ts';
import type { Endpoint } from '../types.ts';

type Route = { readonly endpoint: Endpoint; readonly scope: string; answer(state: State, request: VendorRequest): Answer };

/** Which of Sentry's endpoints a path means. */
export function sentryEndpoint(path: string): Endpoint {
  return routeOf(path)?.endpoint ?? 'unknown';
}

/** Answers below /api/0/: token, organization, endpoint, in this order. */
export function sentryAnswer(state: State, request: VendorRequest): Answer {
  try {
    return routed(state, request);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function routed(state: State, request: VendorRequest): Answer {
  if (!request.path.endsWith('/')) return bare(301, '', { location: `${request.path}/` });
  checkToken(state, request.headers.authorization);
  const route = routeOf(request.path);
  if (route === undefined) throw notFound();
  if (request.method !== 'GET') throw refuse(405, `Method "${request.method}" not allowed.`);
  checkOrganization(state, request.path);
  if (!state.settings.scopes.includes(route.scope)) throw forbidden();
  return route.answer(state, request);
}

/** Bodies of SA §1.3. */
function checkToken(state: State, header: string | undefined): void {
  if (header === undefined || header === '') throw refuse(401, 'Authentication credentials were not provided.');
  const parts = /^Bearer(?: +(.*))?$/i.exec(header);
  if (parts === null) throw refuse(401, 'Authentication credentials were not provided.');
  const token = parts[1] ?? '';
  if (token === '') throw refuse(401, 'Invalid token header. No credentials provided.');
  if (token !== state.keys.sentryToken) throw refuse(401, 'Invalid token');
}

function checkOrganization(state: State, path: string): void {
  const org = decodeURIComponent(path.split('/')[4] ?? '');
  if (org !== state.keys.sentryOrg && org !== '1') throw notFound();
}

function routeOf(path: string): Route | undefined {
  const [, api, version, area, org, key, rest, end, more] = path.split('/').map(decoded);
  if (api !== 'api' || version !== '0' || org === undefined || more !== undefined) return undefined;
  if (area === 'projects' && key !== undefined && rest === '' && end === undefined) {
    return { endpoint: 'project', scope: 'project:read', answer: (state) => projectDetails(state, org, key) };
  }
  if (area !== 'organizations') return undefined;
  if (key === 'issues' && rest !== undefined && rest !== '' && end === '') {
    return { endpoint: 'issue', scope: 'event:read', answer: (state, request) => issueDetails(state, request, rest) };
  }
  return rest === '' && end === undefined ? listRoute(key) : undefined;
}

function listRoute(key: string | undefined): Route | undefined {
  if (key === 'events') return { endpoint: 'events-table', scope: 'org:read', answer: eventsTable };
  if (key === 'issues') return { endpoint: 'issues', scope: 'event:read', answer: issueList };
  if (key === 'projects') return { endpoint: 'projects', scope: 'org:read', answer: projectList };
  return undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The 400 that may be repeated (SA §8.4). */
export function queryTimeout(): Answer {
  return json(400, {
    detail: '\nQuery timeout. Please try again. If the problem persists try a smaller date range or fewer projects. '
      + "Also consider a\nfilter on the transaction field if you're filtering performance data.\n",
  });
}

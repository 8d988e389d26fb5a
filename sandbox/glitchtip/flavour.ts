import { type Answer, bare, json, type VendorRequest } from '../http/message.ts';
import { refuse } from '../sentry/errors.ts';
import { isOurs } from '../sentry/flavour.ts';
import type { Flavour, Target } from '../sentry/target.ts';
import type { State } from '../world/state.ts';
import { issueList, projectIssues, SERVER_ERROR } from './issues.ts';
import { latestEvent } from '../sentry/latest-event.ts';
import { readPage } from './pages.ts';
import { projectEvents } from './project-events.ts';
import { openProject, projectEnvironments, projectJson, projectList } from './projects.ts';
import { hourlyStats } from './stats.ts';

const NO_SUCH_PAGE =
  '\n<!doctype html>\n<html lang="en">\n<head>\n  <title>Not Found</title>\n</head>\n<body>\n' +
  '  <h1>Not Found</h1><p>The requested resource was not found on this server.</p>\n</body>\n</html>\n';

/** GlitchTip: no table of events, no single issue of an organization. */
export const glitchtip: Flavour = {
  endpoints: {
    'project-events': { scope: 'event:read', answer: projectEvents },
    'project-environments': { scope: 'project:read', answer: projectEnvironments },
    'project-issues': { scope: 'event:read', answer: projectIssues },
    issues: { scope: 'event:read', answer: issueList },
    'latest-event': { scope: 'event:read', answer: newestEvent },
    stats: { scope: 'org:read', answer: hourlyStats },
    projects: { scope: 'org:read', answer: projectList },
    project: {
      scope: 'project:read',
      answer: (state, _request, { key }) => json(200, projectJson(state, openProject(state, key))),
    },
  },
  checkToken,
  absent: () => bare(404, NO_SUCH_PAGE, { 'content-type': 'text/html; charset=utf-8' }),
  stranger,
};

/** Outside of an organization alone. */
function newestEvent(state: State, request: VendorRequest, target: Target): Answer {
  if (request.path.includes('/organizations/')) throw refuse(404, 'Not found.');
  return latestEvent(state, request, target);
}

/** Since 2024 an organization that the caller does not belong to has empty lists. */
function stranger(state: State, request: VendorRequest, { org, endpoint }: Target): Answer | undefined {
  const { glitchtipRelease: release, glitchtipMember: isMember } = state.settings;
  if (isOurs(state, org) && isMember) return undefined;
  const isList = endpoint === 'projects' || endpoint.startsWith('project-') || endpoint === 'issues';
  if (release === '2022' || !isList) return refuse(404, 'Not found.').answer;
  if (endpoint === 'issues' && release === '4.1') return SERVER_ERROR;
  const { headers } = readPage(state, request, { items: [], rank: () => '', form: 'text', falling: false });
  return json(200, [], headers);
}

/** No token is a 403 here, a bad one a 401. */
function checkToken(state: State, header: string | undefined): void {
  const parts = /^Bearer(?: +(.*))?$/i.exec(header ?? '');
  if (parts === null) throw refuse(403, 'Authentication credentials were not provided.');
  const token = parts[1] ?? '';
  if (token === '') throw refuse(401, 'Invalid token header. No credentials provided.');
  if (token !== state.keys.sentryToken) throw refuse(401, 'Invalid token.');
}

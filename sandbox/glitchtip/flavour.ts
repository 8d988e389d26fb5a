import { bare, json } from '../http/message.ts';
import { refuse } from '../sentry/errors.ts';
import { projectJson } from '../sentry/projects.ts';
import type { Flavour } from '../sentry/target.ts';
import type { State } from '../world/state.ts';
import { issueList, projectIssues } from './issues.ts';
import { projectEvents } from './project-events.ts';
import { openProject, projectList } from './projects.ts';

const NO_SUCH_PAGE =
  '\n<!doctype html>\n<html lang="en">\n<head>\n  <title>Not Found</title>\n</head>\n<body>\n' +
  '  <h1>Not Found</h1><p>The requested resource was not found on this server.</p>\n</body>\n</html>\n';

/** GlitchTip (SA §12.1): no table of events, no single issue of an organization. */
export const glitchtip: Flavour = {
  endpoints: {
    'project-events': { scope: 'event:read', answer: projectEvents },
    'project-issues': { scope: 'event:read', answer: projectIssues },
    issues: { scope: 'event:read', answer: issueList },
    projects: { scope: 'org:read', answer: projectList },
    project: {
      scope: 'project:read',
      answer: (state, _request, { key }) => json(200, projectJson(state, openProject(state, key))),
    },
  },
  checkToken,
  absent: () => bare(404, NO_SUCH_PAGE, { 'content-type': 'text/html; charset=utf-8' }),
  unknown: () => refuse(404, 'Not found.'),
};

/** No token is a 403 here, a bad one a 401. */
function checkToken(state: State, header: string | undefined): void {
  const parts = /^Bearer(?: +(.*))?$/i.exec(header ?? '');
  if (parts === null) throw refuse(403, 'Authentication credentials were not provided.');
  const token = parts[1] ?? '';
  if (token === '') throw refuse(401, 'Invalid token header. No credentials provided.');
  if (token !== state.keys.sentryToken) throw refuse(401, 'Invalid token.');
}

import { json } from '../http/message.ts';
import { organizationOf, type State } from '../world/state.ts';
import { notFound, refuse } from './errors.ts';
import { NEWEST_ISSUES } from './issues/issue-json.ts';
import { resolvedEventId } from './event-ids.ts';
import { issueDetails } from './issues/issue-details.ts';
import { latestEvent } from './latest-event.ts';
import { issueList } from './issues/issues.ts';
import { organizationDetails, organizationList } from './organizations.ts';
import { projectEvents } from './project-events.ts';
import { projectIssues } from './issues/project-issues.ts';
import { projectDetails, projectEnvironments, projectList } from './projects.ts';
import { tagKeys } from './tag-keys.ts';
import { eventsTable } from './table/table.ts';
import type { Flavour } from './target.ts';
import { eventsTimeseries } from './table/timeseries.ts';

/** The newest Sentry. */
export const newest: Flavour = {
  endpoints: {
    organizations: { scope: 'org:read', answer: organizationList },
    organization: { scope: 'org:read', answer: organizationDetails },
    'events-table': { scope: 'org:read', answer: eventsTable },
    'events-timeseries': { scope: 'org:read', answer: eventsTimeseries },
    'project-events': { scope: 'project:read', answer: projectEvents },
    issues: { scope: 'event:read', answer: (state, request) => issueList(state, request, NEWEST_ISSUES) },
    'project-issues': {
      scope: 'event:read',
      answer: projectIssues((state, request) => issueList(state, request, NEWEST_ISSUES)),
    },
    'event-id': { scope: 'org:read', answer: resolvedEventId },
    issue: { scope: 'event:read', answer: issueDetails },
    'latest-event': { scope: 'event:read', answer: latestEvent },
    projects: { scope: 'org:read', answer: projectList },
    project: { scope: 'project:read', answer: projectDetails },
    'project-environments': { scope: 'project:read', answer: projectEnvironments },
    'tag-keys': { scope: 'org:read', answer: tagKeys },
  },
  checkToken,
  absent: () => json(404, { detail: 'The requested resource does not exist' }),
  stranger: (state, _request, { org, endpoint }) =>
    endpoint === 'organizations' || isOurs(state, org) ? undefined : notFound().answer,
};

/** By slug or by id. */
export function isOurs({ keys, settings }: Pick<State, 'keys' | 'settings'>, org: string): boolean {
  return org === organizationOf({ keys, settings }) || org === '1';
}

/** Sentry's own bodies. */
export function checkToken(state: State, header: string | undefined): void {
  if (header === undefined || header === '') throw refuse(401, 'Authentication credentials were not provided.');
  const parts = /^Bearer(?: +(.*))?$/i.exec(header);
  if (parts === null) throw refuse(401, 'Authentication credentials were not provided.');
  const token = parts[1] ?? '';
  if (token === '') throw refuse(401, 'Invalid token header. No credentials provided.');
  if (token !== state.keys.sentryToken) throw refuse(401, 'Invalid token');
}

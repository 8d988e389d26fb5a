import { type Answer, bare, type VendorRequest } from '../http/message.ts';
import { newest } from '../sentry/flavour.ts';
import { issueList } from '../sentry/issues/issues.ts';
import { projectIssues } from '../sentry/issues/project-issues.ts';
import type { Flavour } from '../sentry/target.ts';
import type { State } from '../world/state.ts';
import { eventList } from './event-list.ts';
import { OLD_ISSUES } from './issues.ts';
import { dateEvents, offsetEvents } from './project-events.ts';

/** Time series came later. */
export function before({ 'events-timeseries': _later, ...endpoints }: Flavour['endpoints']): Flavour['endpoints'] {
  return endpoints;
}

const oldIssues = (state: State, request: VendorRequest): Answer => issueList(state, request, OLD_ISSUES);

/** Self-hosted 10.x. */
export const release10: Flavour = {
  ...newest,
  endpoints: {
    ...before(newest.endpoints),
    'events-table': { scope: 'org:read', answer: eventList },
    'project-events': { scope: 'project:read', answer: offsetEvents },
    issues: { scope: 'event:read', answer: oldIssues },
    'project-issues': { scope: 'event:read', answer: projectIssues(oldIssues) },
  },
  absent: () => bare(404),
};

/** Self-hosted 8 and 9.x without Snuba: neither events nor issues of an organization. */
export const release9: Flavour = {
  ...release10,
  endpoints: {
    'project-events': { scope: 'project:read', answer: dateEvents },
    'project-issues': release10.endpoints['project-issues'],
    projects: newest.endpoints.projects,
    project: newest.endpoints.project,
    'project-environments': newest.endpoints['project-environments'],
  },
};

import { type Answer, json, type VendorRequest } from '../http/message.ts';
import { refuse } from '../sentry/errors.ts';
import { environmentJson, environmentsOf } from '../sentry/environments.ts';
import { listedProjects, teamsOf } from '../sentry/projects.ts';
import type { Target } from '../sentry/target.ts';
import type { State } from '../world/state.ts';
import type { Project } from '../types.ts';
import { readPage } from './pages.ts';

/** GET organizations/{org}/projects/: all that the caller may see, whatever `query` says, 50 a page or `limit`. */
export function projectList(state: State, request: VendorRequest): Answer {
  const page = readPage(state, request, {
    items: listedProjects(state).filter(isListable),
    rank: (project) => project.slug,
    form: 'text',
    falling: false,
  });
  return json(
    200,
    page.items.map((project) => projectJson(state, project)),
    page.headers,
  );
}

export function isListable({ access }: Project): boolean {
  return access === 'full';
}

/** GET projects/{org}/{proj}/environments/: of a project that is not there, none. */
export function projectEnvironments(state: State, request: VendorRequest, { key }: Target): Answer {
  const project = state.projects.find(key);
  const names = project?.access === 'full' ? environmentsOf(state, project.id) : [];
  const page = readPage(state, request, { items: names, rank: (name) => name, form: 'text', falling: false });
  return json(200, page.items.map(environmentJson), page.headers);
}

/** What the caller may not see does not exist, and a former slug is forgotten. */
export function openProject(state: State, key: string): Project {
  const project = state.projects.find(key);
  if (project?.access !== 'full') throw refuse(404, 'Not found.');
  return project;
}

/** `eventThrottleRate` is GlitchTip's own. */
export function projectJson({ settings }: State, project: Project): Record<string, unknown> {
  return {
    avatar: { avatarType: '', avatarUuid: null },
    color: '',
    dateCreated: new Date(project.createdAt).toISOString(),
    features: [],
    firstEvent: null,
    hasAccess: true,
    id: project.id,
    isBookmarked: false,
    isInternal: false,
    isMember: true,
    isPublic: false,
    name: project.name,
    platform: project.platform,
    scrubIPAddresses: true,
    slug: project.slug,
    ...(settings.glitchtipRelease === '2022' ? {} : { eventThrottleRate: 0 }),
    teams: teamsOf(project).map(({ id, slug }) => ({ id, slug })),
  };
}

import { type Answer, bare, json, type VendorRequest } from '../http/message.ts';
import type { State } from '../world/state.ts';
import type { Project } from '../types.ts';
import { environmentJson, environmentsOf } from './environments.ts';
import { forbidden, notFound, Refusal } from './errors.ts';
import { linkHeader, readPage } from './pages.ts';
import type { Target } from './target.ts';

/** GET organizations/{org}/projects/, by slug, as pages. */
export function projectList(state: State, request: VendorRequest): Answer {
  const page = readPage(request.query);
  const wanted = (request.query.get('query') ?? '').toLowerCase();
  const found = listedProjects(state).filter(
    (project) => project.slug.includes(wanted) || project.name.toLowerCase().includes(wanted),
  );
  const shown = found.slice(page.offset, page.offset + page.size);
  const link = linkHeader(request, page, found.length > page.offset + page.size);
  return json(
    200,
    shown.map((project) => projectJson(state, project)),
    { link },
  );
}

export function listedProjects(state: State): Project[] {
  return state.projects
    .all()
    .filter((project) => project.access !== 'deleted')
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

/** GET projects/{org}/{proj}/. */
export function projectDetails(state: State, request: VendorRequest, { key }: Target): Answer {
  return json(200, projectJson(state, openProject(state, request, key)));
}

/** GET projects/{org}/{proj}/environments/: all at once. */
export function projectEnvironments(state: State, request: VendorRequest, { key }: Target): Answer {
  return json(200, environmentsOf(state, openProject(state, request, key).id).map(environmentJson));
}

/** The project a path names. 404: unknown or deleted; 403: not the caller's; 302: a former slug. */
export function openProject(state: State, request: VendorRequest, key: string): Project {
  const project = state.projects.find(key);
  if (project?.access === 'full') return project;
  if (project === undefined) throw moved(state, request, key);
  throw project.access === 'forbidden' ? forbidden() : notFound();
}

function moved(state: State, request: VendorRequest, key: string): Refusal {
  const project = state.projects.byFormerSlug(key);
  if (project === undefined || project.access === 'deleted') return notFound();
  const [, api, version, area, org, , ...rest] = request.path.split('/');
  const query = request.query.size === 0 ? '' : `?${request.query.toString()}`;
  const url = `/${[api, version, area, org, project.slug, ...rest].join('/')}${query}`;
  const body = {
    slug: project.slug,
    detail: { code: 'resource-moved', message: 'Resource has been moved', extra: { url, slug: project.slug } },
  };
  return new Refusal(bare(302, JSON.stringify(body), { 'content-type': 'application/json', location: url }));
}

/** The team of everybody, or those that the project was given. */
export function teamsOf({ teams = ['acme'] }: Project): readonly { id: string; name: string; slug: string }[] {
  return teams.map((slug, index) => ({ id: String(index + 2), name: slug === 'acme' ? 'Acme' : slug, slug }));
}

export function projectJson(state: State, project: Project): Record<string, unknown> {
  const open = project.access === 'full';
  const teams = open ? teamsOf(project) : [];
  return {
    id: project.id,
    slug: project.slug,
    name: project.name,
    platform: project.platform,
    dateCreated: new Date(project.createdAt).toISOString(),
    isMember: open,
    hasAccess: open,
    isBookmarked: false,
    environments: environmentsOf(state, project.id),
    firstEvent: null,
    status: 'active',
    features: [],
    team: teams[0] ?? null,
    teams,
  };
}

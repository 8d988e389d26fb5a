import { bare, json } from '../http/message.ts';
import { forbidden, notFound } from './errors.ts';
import { linkHeader, readPage } from './pages.ts';
import type { Answer, VendorRequest } from '../http/message.ts';
import type { State } from '../state.ts';
import type { Project } from '../types.ts';

/** GET organizations/{org}/projects/ (SA §6), by slug, as pages. */
export function projectList(state: State, request: VendorRequest): Answer {
  const page = readPage(request.query);
  const wanted = (request.query.get('query') ?? '').toLowerCase();
  const found = state.projects.all()
    .filter((project) => project.access !== 'deleted')
    .filter((project) => project.slug.includes(wanted) || project.name.toLowerCase().includes(wanted))
    .sort((a, b) => a.slug < b.slug ? -1 : 1);
  const shown = found.slice(page.offset, page.offset + page.size);
  const link = linkHeader(request, page, found.length > page.offset + page.size);
  return json(200, shown.map((project) => projectJson(state, project)), { link });
}

/** GET projects/{org}/{proj}/; a former slug is answered with 302 (SA §13.1). */
export function projectDetails(state: State, org: string, key: string): Answer {
  const project = state.projects.find(key);
  if (project === undefined) return moved(state, org, key);
  if (project.access === 'deleted') throw notFound();
  if (project.access === 'forbidden') throw forbidden();
  return json(200, projectJson(state, project));
}

function moved(state: State, org: string, key: string): Answer {
  const project = state.projects.byFormerSlug(key);
  if (project === undefined || project.access === 'deleted') throw notFound();
  const url = `/api/0/projects/${org}/${project.slug}/`;
  const body = {
    slug: project.slug,
    detail: { code: 'resource-moved', message: 'Resource has been moved', extra: { url, slug: project.slug } },
  };
  return bare(302, JSON.stringify(body), { 'content-type': 'application/json', location: url });
}

function projectJson(state: State, project: Project): Record<string, unknown> {
  const open = project.access === 'full';
  const team = { id: '2', name: 'Acme', slug: 'acme' };
  return {
    id: project.id, slug: project.slug, name: project.name, platform: project.platform,
    dateCreated: new Date(project.createdAt).toISOString(),
    isMember: open, hasAccess: open, isBookmarked: false,
    environments: environmentsOf(state),
    firstEvent: null, status: 'active',
    features: [], team: open ? team : null, teams: open ? [team] : [],
  };
}

/** Declared ones, and those of events that have arrived. */
function environmentsOf(state: State): string[] {
  const now = state.clock.now();
  const seen = [...state.events.environments()].filter(([, since]) => since <= now).map(([name]) => name);
  return [...new Set([...state.environments, ...seen])].sort();
}

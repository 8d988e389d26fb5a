import { type Answer, json, type VendorRequest } from '../http/message.ts';
import { refuse } from '../sentry/errors.ts';
import { listedProjects, projectJson } from '../sentry/projects.ts';
import type { State } from '../world/state.ts';
import type { Project } from '../types.ts';
import { readPage } from './pages.ts';

/** GET organizations/{org}/projects/: all of them, whatever `query` says. */
export function projectList(state: State, request: VendorRequest): Answer {
  const page = readPage(request, {
    items: listedProjects(state),
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

/** What the caller may not see does not exist, and a former slug is forgotten. */
export function openProject(state: State, key: string): Project {
  const project = state.projects.find(key);
  if (project?.access !== 'full') throw refuse(404, 'Not found.');
  return project;
}

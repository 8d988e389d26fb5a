import type { State } from '../world/state.ts';
import type { Project, SandboxEvent } from '../types.ts';
import { badRequest, forbidden, notFound } from './errors.ts';

/** Whose events are asked for. `environments` undefined: all. */
export type Scope = {
  readonly projects: ReadonlyMap<string, Project>;
  readonly environments: ReadonlySet<string> | undefined;
};

/** `project` and `environment`, as Sentry reads them. */
export function readScope(state: State, query: URLSearchParams): Scope {
  const projects = readProjects(state, query.getAll('project'));
  const names = query.getAll('environment').filter((name) => name !== '');
  for (const name of names) if (!environmentExists(state, name)) throw notFound();
  return { projects, environments: names.length === 0 ? undefined : new Set(names) };
}

function readProjects(state: State, values: readonly string[]): Map<string, Project> {
  for (const value of values) {
    if (!/^-?\d+$/.test(value)) throw badRequest('Invalid project parameter. Values must be numbers.');
  }
  if (values.includes('-1')) return byId(state.projects.all().filter((project) => project.access === 'full'));
  return byId(
    values.map((value) => {
      const project = state.projects.byId(value);
      if (project?.access !== 'full') throw forbidden();
      return project;
    }),
  );
}

function byId(projects: readonly Project[]): Map<string, Project> {
  return new Map(projects.map((project) => [project.id, project]));
}

function environmentExists(state: State, name: string): boolean {
  if (state.environments.has(name)) return true;
  return (state.events.environmentSince(name) ?? Infinity) <= state.clock.now();
}

export function inScope(scope: Scope, event: SandboxEvent): boolean {
  if (!scope.projects.has(event.projectId)) return false;
  return scope.environments === undefined || scope.environments.has(event.environment ?? '');
}

import type { Gap } from '../../../../core/model/gap.ts';
import type { Ask } from '../../../../core/model/reading.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { environmentsOf, unknownEnvironment } from '../names/environments.ts';
import type { Project, Projects } from '../api/projects.ts';
import { searchOf, type Selection } from '../api/query.ts';

/** Where a filter's window is looked for: in projects and environments that Sentry lets us see, as far as is known. */
export interface Target {
  readonly ask: Ask;
  readonly projects: readonly Project[];
  readonly selection: Selection;
  /** Projects and environments that are left out. */
  readonly gaps: readonly Gap[];
  /** Environments that are left out, because nobody knows them. */
  readonly unknown: readonly string[];
  /** How often it was narrowed. */
  readonly round: number;
}

/** Where to look first. Rejects when the projects cannot be had. */
export function targetOf(ask: Ask, projects: Projects, scope: Scope): Promise<Target> {
  return resolve({ ask, environments: ask.filter.environments, unknown: [], round: 0 }, projects, scope);
}

/** With the projects that can be asked for now. */
export async function resolve(
  { ask, environments, unknown, round }: Pick<Target, 'ask' | 'unknown' | 'round'> & Pick<Selection, 'environments'>,
  projects: Projects,
  scope: Scope,
): Promise<Target> {
  const resolved = await projects.resolve(ask.filter.projects, scope);
  const selection = {
    query: searchOf(ask.filter),
    projectIds: resolved.projects.map(({ id }) => id),
    environments,
    window: ask.window,
  };
  const known = environmentsOf(resolved.projects) ?? [];
  const gaps = [...resolved.gaps, ...unknown.map((name) => unknownEnvironment(name, projects.org, known))];
  return { ask, selection, projects: resolved.projects, gaps, unknown, round };
}

/** Nothing is left that could be asked for. */
export function isEmpty({ ask: { filter }, selection: { projectIds, environments } }: Target): boolean {
  return projectIds.length === 0 || (filter.environments.length > 0 && environments.length === 0);
}

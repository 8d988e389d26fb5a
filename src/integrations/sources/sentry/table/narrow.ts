import { UpstreamError } from '../../../../core/model/errors.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import type { Projects } from '../api/projects.ts';
import { type Selection, tableParams, TOTALS } from '../api/query.ts';
import { resolve, type Target } from './target.ts';

export interface NarrowOptions {
  readonly client: Client;
  readonly projects: Projects;
}

/** A project that was just deleted, then a forbidden one, then an environment: no more can change in one window. */
const MOST_ROUNDS = 3;

/**
 * The target without what Sentry refused the whole request for: one bad project is a 403, one unknown
 * environment a 404. What is left out becomes a gap. Throws the error when nothing can be.
 */
export async function narrow(target: Target, error: unknown, options: NarrowOptions, scope: Scope): Promise<Target> {
  const refusal = refusalOf(error);
  if (refusal === null || target.round === MOST_ROUNDS) throw error;
  const { ask, selection, unknown } = target;
  const round = target.round + 1;
  if (refusal.status === 403) {
    await forbidProjects(target, refusal, options, scope);
    return resolve({ ask, environments: selection.environments, unknown, round }, options.projects, scope);
  }
  const environments = await knownEnvironments(selection, options.client, scope);
  const more = selection.environments.filter((it) => !environments.includes(it));
  return resolve({ ask, environments, unknown: [...unknown, ...more], round }, options.projects, scope);
}

/** The error, a 403 or a 404, when narrowing may help. */
function refusalOf(error: unknown): UpstreamError | null {
  if (!(error instanceof UpstreamError)) return null;
  // A 404 without a body is another one: the events table is switched off, or the gateway does not know the
  // organization.
  return error.status === 403 || (error.status === 404 && error.facts.detail !== '') ? error : null;
}

/**
 * Finds out which projects spoil the request: those that are gone from the list, else those refused one by one. When
 * none can be read and the list does not say why, the refusal is not about a project (a token in trouble, a gateway):
 * it is thrown.
 */
async function forbidProjects(
  { projects, selection }: Target,
  refusal: UpstreamError,
  options: NarrowOptions,
  scope: Scope,
): Promise<void> {
  await options.projects.refresh(scope);
  const now = await options.projects.resolve(
    projects.map(({ slug }) => slug),
    scope,
  );
  if (now.gaps.length > 0) return;
  const probed = await Promise.all(
    now.projects.map(async (project) => ({
      ...project,
      ...(await probe(options.client, { ...selection, projectIds: [project.id], environments: [] }, scope)),
    })),
  );
  const refused = probed.filter(({ status }) => status === 403);
  const isWholesale =
    !probed.some(({ status }) => status === 200) && refused.some(({ hasAccess }) => hasAccess !== false);
  if (isWholesale) throw refusal;
  for (const { id, words } of refused) options.projects.forbid(id, words);
}

/** Those that Sentry knows. */
async function knownEnvironments(selection: Selection, client: Client, scope: Scope): Promise<readonly string[]> {
  const { environments } = selection;
  if (environments.length === 0)
    throw new UpstreamError(
      `${client.name}: answered 404: no events table for ${client.org}; check SENTRY_URL and SENTRY_ORG`,
      { service: client.name, status: 404, retryable: false },
    );
  if (environments.length === 1) return [];
  const probed = await Promise.all(
    environments.map((name) => probe(client, { ...selection, environments: [name] }, scope)),
  );
  return environments.filter((_, index) => probed[index]?.status !== 404);
}

/** The status of a small request: 200, 403 or 404, and Sentry's own words of it. Other trouble is thrown. */
async function probe(
  client: Client,
  selection: Selection,
  scope: Scope,
): Promise<{ readonly status: number; readonly words: string }> {
  try {
    await client.get(client.url('events'), tableParams(TOTALS, selection), scope);
    return { status: 200, words: '' };
  } catch (error) {
    if (error instanceof UpstreamError && (error.status === 403 || error.status === 404))
      return { status: error.status, words: error.facts.detail ?? '' };
    throw error;
  }
}

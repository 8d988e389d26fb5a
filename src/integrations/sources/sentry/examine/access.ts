import { UpstreamError } from '../../../../core/model/errors.ts';
import { type Filter, whereIs } from '../../../../core/model/filter.ts';
import type { Finding } from '../../../../core/ports/finding.ts';
import { chunks } from '../../../../core/model/chunks.ts';
import type { Client, RequestScope } from '../api/client.ts';
import type { Project } from '../api/projects.ts';

/** So many ids fit into a URL of 4 kB. */
const IDS_A_REQUEST = 100;

/**
 * Projects that are in the list and may not be read: one is a 403 of the whole question, so then each is asked for.
 * Rejects with what else is wrong.
 */
export async function closedProjects(
  projects: readonly Project[],
  client: Client,
  scope: RequestScope,
): Promise<readonly Project[]> {
  const closed = await Promise.all(
    chunks(projects, IDS_A_REQUEST).map(async (some) => {
      if (await isOpen(some, client, scope)) return [];
      const each = await Promise.all(some.map(async (it) => ((await isOpen([it], client, scope)) ? [] : [it])));
      return each.flat();
    }),
  );
  return closed.flat();
}

async function isOpen(projects: readonly Project[], client: Client, scope: RequestScope): Promise<boolean> {
  const ids = projects.map(({ id }): [string, string] => ['project', id]);
  return isAllowed(client, client.url('events'), [...QUESTION, ...ids], scope);
}

const QUESTION: readonly [string, string][] = [
  ['dataset', 'errors'],
  ['field', 'count()'],
  ['query', ''],
  ['statsPeriod', '1h'],
  ['per_page', '1'],
];

/** Each filter that names one, by its line. */
export function closedFindings(
  name: string,
  closed: readonly Project[],
  filters: readonly Filter[],
): readonly Finding[] {
  const all = closed.flatMap(({ slug }) =>
    filters
      .filter(({ projects }) => projects.includes(slug))
      .map((filter): Finding => ({
        check: `${name} projects`,
        status: 'failed',
        where: whereIs(filter, 'projects'),
        say: `the token may not read ${slug}; give its integration, or its user's team, access`,
      })),
  );
  return [...new Map(all.map((it) => [`${it.where}${it.say}`, it])).values()];
}

/** What else is read, by one project that is open: issues and their history, and the project itself. */
export async function scopesFound(
  name: string,
  project: Project,
  client: Client,
  scope: RequestScope,
): Promise<Finding> {
  const issues: [string, string][] = [
    ['query', ''],
    ['limit', '1'],
    ['project', project.id],
  ];
  const [mayEvents, mayProject] = await Promise.all([
    isAllowed(client, client.url('issues'), issues, scope),
    isAllowed(client, client.projectUrl(project.slug), [], scope),
  ]);
  const missing = [...(mayEvents ? [] : ['event:read']), ...(mayProject ? [] : ['project:read'])];
  const check = { check: `${name} scopes`, variable: 'SENTRY_AUTH_TOKEN' };
  if (missing.length === 0) return { ...check, status: 'ok', say: 'org:read, project:read and event:read' };
  return {
    ...check,
    status: 'failed',
    say: `it lacks ${missing.join(' and ')}; give its integration the permission in Sentry's settings`,
  };
}

/** False: 403. Other trouble is thrown. */
async function isAllowed(
  client: Client,
  url: string,
  params: readonly (readonly [string, string])[],
  scope: RequestScope,
): Promise<boolean> {
  try {
    await client.get(url, params, scope);
    return true;
  } catch (error) {
    if (error instanceof UpstreamError && error.status === 403) return false;
    throw error;
  }
}

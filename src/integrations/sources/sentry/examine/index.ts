import type { Finding } from '../../../../core/ports/finding.ts';
import type { Exam } from '../../../plugin.ts';
import type { Client, RequestScope } from '../api/client.ts';
import { kindOfToken } from '../api/token.ts';
import type { Project } from '../api/projects.ts';
import { closedFindings, closedProjects, scopesFound } from './access.ts';
import { organizationHint, regionFound } from './place.ts';
import { type Means, prepare } from './prepare.ts';

/** One failure that passes is none. */
const TRIES = 2;

/** The organization, what the token may do there, and everything that filters name. */
export async function* examine(means: Means, client: Client, exam: Exam): AsyncGenerator<Finding> {
  const { filters, thorough } = exam;
  const scope: RequestScope = thorough ? { ...exam.scope, tries: TRIES } : exam.scope;
  const found = await prepare(filters, means, scope);
  if (!thorough) return yield* found;
  yield* await Promise.all(found.map((it) => withHint(it, means, client, scope)));
  const isThere = found.some(({ check, status }) => check === `${means.name} organization` && status === 'ok');
  if (isThere) yield* await accessFound(means, client, exam, scope);
}

async function withHint(finding: Finding, { name }: Means, client: Client, scope: RequestScope): Promise<Finding> {
  if (finding.status !== 'failed' || finding.check !== `${name} organization`) return finding;
  const hint = await organizationHint(client, scope);
  return hint === undefined ? finding : { ...finding, say: `${finding.say}; ${hint.words}` };
}

async function accessFound(
  { name, origin, projects, detector }: Means,
  client: Client,
  { filters }: Exam,
  scope: RequestScope,
): Promise<readonly Finding[]> {
  const { projects: wanted } = await projects.resolve([...new Set(filters.flatMap((it) => it.projects))], scope);
  const isTable = (await detector.find(scope)) !== 'pages';
  const [closed, region] = await Promise.all([
    isTable ? closedProjects(wanted, client, scope) : [],
    regionFound(name, origin, client, scope),
  ]);
  const open = openOne(wanted, closed);
  const scopes = open === undefined ? [] : [await scopesFound(name, open, client, scope)];
  return [...closedFindings(name, closed, filters), ...scopes, ...region];
}

function openOne(wanted: readonly Project[], closed: readonly Project[]): Project | undefined {
  return wanted.find((it) => !closed.includes(it));
}

/** What a token says of itself. */
export function inspectToken(token: string, name: string): readonly Finding[] {
  const { unusable } = kindOfToken(token);
  if (unusable === undefined) return [];
  return [{ check: `${name} token`, status: 'warning', variable: 'SENTRY_AUTH_TOKEN', say: `is ${unusable}` }];
}

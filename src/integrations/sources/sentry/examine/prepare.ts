import type { Complaint } from '../../../../config/filters/complaint.ts';
import { type Filter, whereIs } from '../../../../core/model/filter.ts';
import type { Finding } from '../../../../core/ports/finding.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { ApiDetector, ServerKind } from '../api/detect-api.ts';
import type { Projects } from '../api/projects.ts';
import type { Reader } from '../api/reader.ts';
import { reached, refused, type Subject } from './listed.ts';
import { environmentsFound, type FilterProjects, projectsFound } from './names.ts';

/** What an organization is asked by. */
export interface Means extends Subject {
  readonly projects: Projects;
  readonly detector: ApiDetector;
  readonly readers: Readonly<Record<ServerKind, Reader>>;
  now(): number;
}

const KINDS: Readonly<Record<ServerKind, string>> = {
  table: 'it has an events table',
  'mixed table': 'it has an events table without datasets: transactions are left out by the search',
  pages: 'it has no events table: its events are read page by page',
};

/** What the list of projects and the kind of server tell: two requests, which every read needs too. Never rejects. */
export async function prepare(filters: readonly Filter[], means: Means, scope: Scope): Promise<readonly Finding[]> {
  const [listed, kind] = await Promise.all([look(filters, means, scope), means.detector.find(scope)]);
  if (listed.some(({ status }) => status === 'failed') && !listed.some(isOfProjects)) return listed;
  return [...listed, ...serverFindings(filters, kind, means)];
}

function isOfProjects({ check }: Finding): boolean {
  return check.endsWith(' projects');
}

async function look(filters: readonly Filter[], means: Means, scope: Scope): Promise<readonly Finding[]> {
  const { projects, now } = means;
  const began = now();
  try {
    await projects.resolve([...new Set(filters.flatMap((filter) => filter.projects))], scope);
    const ms = now() - began;
    const all = await Promise.all(
      filters.map(async (filter): Promise<FilterProjects> => ({
        filter,
        resolved: await projects.resolve(filter.projects, scope),
      })),
    );
    const { name } = means;
    return [...reached(means, ms), ...projectsFound(name, all), ...environmentsFound(name, all)];
  } catch (error) {
    return refused(error, means, now() - began);
  }
}

function serverFindings(filters: readonly Filter[], kind: ServerKind, { name, readers }: Means): readonly Finding[] {
  const check = `${name} API`;
  const objections = readers[kind].objections(filters).map((it) => objection(check, it, filters));
  return [{ check, status: 'ok', say: KINDS[kind] }, ...objections];
}

function objection(check: string, { filter: name, key, text }: Complaint, filters: readonly Filter[]): Finding {
  const filter = filters.find((it) => it.name === name) ?? { name };
  return { check, status: 'failed', where: whereIs(filter, key), say: `${key}: ${text}` };
}

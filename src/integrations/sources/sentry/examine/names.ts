import { type Filter, whereIs } from '../../../../core/model/filter.ts';
import type { Finding } from '../../../../core/ports/finding.ts';
import { nearestOf } from '../../../../platform/nearest.ts';
import type { Resolved } from '../api/projects.ts';
import { environmentsOf, hintFor } from '../names/environments.ts';

/** What became of a filter's projects. */
export interface FilterProjects {
  readonly filter: Filter;
  readonly resolved: Resolved;
}

/** Of each project that cannot be read one; of all others together one. Each line of a file once. */
export function projectsFound(name: string, all: readonly FilterProjects[]): readonly Finding[] {
  const failed = all.flatMap(({ filter, resolved }) =>
    resolved.gaps.map((gap): Finding => ({
      check: `${name} projects`,
      status: 'failed',
      where: whereIs(filter, 'projects'),
      say: gap.detail ?? gap.reason,
    })),
  );
  const found = new Set(all.flatMap(({ resolved }) => resolved.projects.map(({ slug }) => slug)));
  const well: Finding = {
    check: `${name} projects`,
    status: 'ok',
    say: `${countOf(found.size, 'project')} of ${countOf(all.length, 'filter')} found`,
  };
  return [...onceEach(failed), ...(found.size === 0 ? [] : [well])];
}

/** The same of environments, by the list of projects. NOTE: one without an event yet is unknown too. */
export function environmentsFound(name: string, all: readonly FilterProjects[]): readonly Finding[] {
  const known = all.map((it) => ({ ...it, known: environmentsOf(it.resolved.projects) }));
  const told = known.filter((it) => it.known !== undefined && it.resolved.projects.length > 0);
  const odd = told.flatMap(({ filter, known: names = [] }) =>
    filter.environments.filter((it) => !names.includes(it)).map((it) => unknown(name, it, filter, names)),
  );
  const wanted = new Set(told.flatMap(({ filter }) => filter.environments));
  const well: Finding = {
    check: `${name} environments`,
    status: 'ok',
    say: `${countOf(wanted.size, 'environment')} known`,
  };
  return [...onceEach(odd), ...(wanted.size === 0 || odd.length > 0 ? [] : [well])];
}

/** One that is nearly another is misspelt; else it may be new. */
function unknown(name: string, environment: string, filter: Filter, known: readonly string[]): Finding {
  const isMisspelt = nearestOf(environment, known) !== undefined;
  const what = `no event of its projects was ever in the environment ${environment}`;
  return {
    check: `${name} environments`,
    where: whereIs(filter, 'environments'),
    status: isMisspelt ? 'failed' : 'warning',
    say: `${what}${isMisspelt ? '' : ': misspelt, or it is new'}${hintFor(environment, known)}`,
  };
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function onceEach(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((it) => [JSON.stringify(it), it])).values()];
}

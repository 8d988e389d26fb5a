import { emptyFilter } from '../../core/model/filter.ts';
import type { SourceProject } from '../../core/ports/source.ts';

/** A filter to begin with. */
export interface FirstFilter {
  readonly name: string;
  readonly team: string | undefined;
  readonly projects: readonly string[];
}

/** More would make a request too long. */
const MOST_PROJECTS = 100;
const WIDTH = 100;

/** One for each team, and one, named by `otherwise`, for projects without. A project counts for its first team. */
export function firstFilters(projects: readonly SourceProject[], otherwise: string): readonly FirstFilter[] {
  const names = new Set<string>();
  return [...Map.groupBy(projects, ({ teams }) => teams[0])].flatMap(([team, own]) =>
    inParts(own.map(({ slug }) => slug)).map((slugs) => {
      const name = freeName(team ?? otherwise, names);
      names.add(name);
      return { name, team, projects: slugs };
    }),
  );
}

function inParts(slugs: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(slugs.length / MOST_PROJECTS);
  return Array.from({ length: count }, (_, index) => slugs.slice(index * MOST_PROJECTS, (index + 1) * MOST_PROJECTS));
}

/** As filters may be named. */
function freeName(text: string, taken: ReadonlySet<string>): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50);
  const name = plain === '' ? 'all' : plain;
  for (let count = 2; ; count++) {
    const free = count === 2 ? name : `${name}-${count - 1}`;
    if (!taken.has(free)) return free;
  }
}

export interface FiltersFile {
  readonly filters: readonly FirstFilter[];
  /** Where editors find what may be written, seen from the file; undefined: it is not there. */
  readonly schema: string | undefined;
  /** Where each of the projects has had events; '': all are counted. */
  readonly environment: string;
}

/** The same for every project, else none. */
export function commonEnvironment(projects: readonly SourceProject[]): string {
  return projects.every(({ environments }) => environments?.includes('production') === true) ? 'production' : '';
}

export function filtersText({ filters, schema, environment }: FiltersFile): string {
  const { top } = emptyFilter('', []);
  const head = [
    ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`]),
    '# Which errors of which projects are counted, and for whom: to begin with, one filter for each team of Sentry.',
    '# Narrow them (searchTerms, exclude, query) or count by more (tags): docs/configuration.md has every key.',
    '',
    'defaults:',
    ...(environment === '' ? [] : [noted(`environments: [${scalar(environment)}]`, 'leave out: all environments')]),
    noted('levels: [error, fatal]', 'leave out: all levels'),
    noted(`top: ${top}`, 'issues listed in an answer'),
    '',
    'filters:',
  ];
  return `${[...head, ...filters.flatMap(linesOf)].join('\n')}\n`;
}

function noted(key: string, words: string): string {
  return `  ${key.padEnd(30)} # ${words}`;
}

function linesOf({ name, team, projects }: FirstFilter): readonly string[] {
  const slugs = projects.map(scalar);
  const flow = `    projects: [${slugs.join(', ')}]`;
  return [
    `  - name: ${scalar(name)}`,
    ...(team === undefined ? [] : [`    team: ${scalar(team)}`]),
    ...(flow.length <= WIDTH ? [flow] : ['    projects:', ...slugs.map((slug) => `      - ${slug}`)]),
  ];
}

/** Words that YAML reads as something else, and numbers, are put in quotes. */
function scalar(text: string): string {
  const isPlain = /^[a-z][a-z0-9_-]*$/i.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

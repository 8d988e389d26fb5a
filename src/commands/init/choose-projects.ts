import type { SourceProject } from '../../core/ports/source.ts';
import { nearestOf } from '../../platform/nearest.ts';

/** Projects as filters may name them. */
const NAMEABLE = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,99}$/;
const WIDTH = 80;

/** Projects and teams whose names are no slugs are left out. */
export function nameable(projects: readonly SourceProject[]): readonly SourceProject[] {
  return projects
    .filter(({ slug }) => NAMEABLE.test(slug))
    .map((project) => ({ ...project, teams: project.teams.filter((team) => NAMEABLE.test(team)) }));
}

/** `text`: slugs of projects or teams with commas between them; `all`. A text in return: what is wrong with it. */
export function chosen(text: string, projects: readonly SourceProject[]): readonly SourceProject[] | string {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const unknown = words.find((word) => word !== 'all' && !projects.some((it) => isMeant(word, it, projects)));
  if (unknown !== undefined) return notThere(unknown, projects);
  if (words.length === 0) return 'name at least one project, or all';
  return projects.filter((project) => words.some((word) => isMeant(word, project, projects)));
}

/** A word that is both means the project. */
function isMeant(word: string, { slug, teams }: SourceProject, all: readonly SourceProject[]): boolean {
  const isProject = all.some((it) => it.slug === word);
  return isProject ? slug === word : word === 'all' || teams.includes(word);
}

function notThere(word: string, projects: readonly SourceProject[]): string {
  const nearest = nearestOf(word, [...projects.map(({ slug }) => slug), ...projects.flatMap(({ teams }) => teams)]);
  const meant = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return `${JSON.stringify(word)} is no project and no team that Sentry tells${meant}`;
}

/** Team by team, in lines of a terminal's width. */
export function listing(projects: readonly SourceProject[]): string {
  const byTeam = Map.groupBy(projects, ({ teams }) => teams[0] ?? '');
  return [...byTeam]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([team, own]) => {
      const head = team === '' ? 'without a team:' : `team ${team}:`;
      return `${wrapped([head, ...own.map(({ slug }, index) => `${slug}${index < own.length - 1 ? ',' : ''}`)])}\n`;
    })
    .join('');
}

function wrapped(words: readonly string[]): string {
  const lines = [''];
  for (const word of words) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > WIDTH - 3) lines.push(`  ${word}`);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line) => `   ${line}`).join('\n');
}

import { shortIdOf } from '../world/issues.ts';
import { mixSeed, pick, type Random, randomFrom, wholeBelow } from '../random.ts';
import type { Project } from '../types.ts';
import { COMPLAINTS, CULPRITS, ERROR_TYPES, type Fault, FILES, FUNCTIONS, HOSTILE, SUBJECTS } from './titles.ts';

/** One issue of the story. `rate` is its usual mean of events per slot. */
export type Character = {
  readonly index: number;
  readonly id: string;
  readonly shortId: string;
  readonly project: Project;
  readonly kind: 'steady' | 'sleeper' | 'new' | 'single';
  readonly rate: number;
  readonly level: string;
  readonly culprit: string | null;
  readonly filename: string;
  readonly function: string;
  /** Several of them are titles within one issue. */
  readonly faults: readonly Fault[];
  readonly noPermalink: boolean;
  readonly assignee: 'user' | 'team' | null;
};

const STEADY = 60;
const QUIET_RATE = 0.02;
export const SLEEPERS = 12;
/** Indices from here on belong to issues the plan makes. */
export const PLANNED_FROM = 1000;
const FIRST_ID = 6_510_000_000;

const SLUGS = ['web', 'api', 'mobile', 'worker', 'quiet', 'empty'] as const;
const PLATFORMS = ['javascript', 'python', 'kotlin', 'ruby', 'node', null] as const;

export function storyProjects(): Project[] {
  return SLUGS.map((slug, i) => ({
    id: String(4_500_000_000_000_101 + i),
    slug,
    name: slug.charAt(0).toUpperCase() + slug.slice(1),
    platform: PLATFORMS[i] ?? null,
    createdAt: Date.UTC(2024, 0, 15),
    access: 'full',
    formerSlugs: [],
  }));
}

/** The issues that are always there. */
export function castOf(seed: number, projects: readonly Project[]): Character[] {
  return Array.from({ length: STEADY + SLEEPERS }, (_, index) => {
    const random = randomFrom(mixSeed(seed, index, 17));
    const sleeper = index >= STEADY;
    const project = sleeper ? projects[index % 4] : projectFor(random, projects, index);
    if (project === undefined) throw new Error('no project');
    if (sleeper) return character(random, { index, project, rate: 4 + random() * 8, kind: 'sleeper' });
    const rate = project.slug === 'quiet' ? QUIET_RATE : steadyRate(random);
    return character(random, { index, project, rate, kind: 'steady' });
  });
}

/** web, api, mobile and worker, fewer each; the last two steady ones are the quiet project's. */
function projectFor(random: Random, projects: readonly Project[], index: number): Project | undefined {
  return index >= STEADY - 2 ? projects[4] : projects[pick(random, SHARES)];
}

const SHARES = [0, 0, 0, 0, 1, 1, 1, 2, 2, 3];

const LEVELS = ['error', 'error', 'error', 'error', 'error', 'error', 'error', 'warning', 'warning', 'fatal', 'info'];

const ASSIGNEES = ['user', 'team', null, null, null, null] as const;

/** Few loud issues, many rare ones: from 0.05 to about 30. */
function steadyRate(random: Random): number {
  return 0.05 * Math.exp(random() ** 1.6 * 6.4);
}

/** An issue that the plan invents; the same index gives the same issue. */
export function invented(seed: number, projects: readonly Project[], index: number, kind: 'new' | 'single'): Character {
  const random = randomFrom(mixSeed(seed, index, 19));
  const project = projects[wholeBelow(random, 4)];
  if (project === undefined) throw new Error('no project');
  return character(random, { index, project, kind, rate: kind === 'new' ? 6 + random() * 19 : 0 });
}

function character(random: Random, given: Pick<Character, 'index' | 'project' | 'rate' | 'kind'>): Character {
  const { index, project } = given;
  const place = wholeBelow(random, CULPRITS.length);
  return {
    ...given,
    id: String(FIRST_ID + index),
    shortId: shortIdOf(project.slug, index + 1),
    level: pick(random, LEVELS),
    culprit: random() < 0.1 ? null : (CULPRITS[place] ?? null),
    filename: FILES[place] ?? 'index.js',
    function: FUNCTIONS[place] ?? 'run',
    faults: faultsOf(random, index),
    noPermalink: random() < 0.1,
    assignee: pick(random, ASSIGNEES),
  };
}

function faultsOf(random: Random, index: number): Fault[] {
  const hostile = HOSTILE[index];
  if (hostile !== undefined) return [hostile];
  const type = pick(random, ERROR_TYPES);
  const value = `${pick(random, SUBJECTS)} ${pick(random, COMPLAINTS)}`;
  const variants = random() < 0.3 ? 3 : 1;
  return Array.from({ length: variants }, (_, i) => ({
    type,
    value: variants === 1 ? value : `${value} (attempt ${String(i + 1)})`,
  }));
}

/** The index behind an id, or undefined when it cannot be one of the story's. */
export function indexOfId(id: string): number | undefined {
  const index = Number(id) - FIRST_ID;
  return Number.isInteger(index) && index >= 0 ? index : undefined;
}

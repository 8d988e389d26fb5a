import { shortIdOf } from '../world/issues.ts';
import { mixSeed, pick, type Random, randomFrom, wholeBelow } from '../random.ts';
import type { Project } from '../types.ts';
import type { Scene } from './scene.ts';
import { COMPLAINTS, CULPRITS, ERROR_TYPES, type Fault, FILES, FUNCTIONS, HOSTILE, SUBJECTS } from './titles.ts';

/** One issue of the story. `rate` is its usual mean of events per slot. */
export type Character = {
  readonly index: number;
  readonly scene: Scene;
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

/** The issues that are always there. */
export function castOf(seed: number, scene: Scene): Character[] {
  return Array.from({ length: STEADY + SLEEPERS }, (_, index) => {
    const random = randomFrom(mixSeed(seed, index, 17));
    const sleeper = index >= STEADY;
    const project = sleeper ? scene.ofSleeper(index) : scene.ofSteady(random, index, STEADY);
    if (sleeper) return character(random, scene, { index, project, rate: 4 + random() * 8, kind: 'sleeper' });
    const rate = project === scene.quiet ? QUIET_RATE : steadyRate(random);
    return character(random, scene, { index, project, rate, kind: 'steady' });
  });
}

const LEVELS = ['error', 'error', 'error', 'error', 'error', 'error', 'error', 'warning', 'warning', 'fatal', 'info'];

const ASSIGNEES = ['user', 'team', null, null, null, null] as const;

/** Few loud issues, many rare ones: from 0.05 to about 30. */
function steadyRate(random: Random): number {
  return 0.05 * Math.exp(random() ** 1.6 * 6.4);
}

/** An issue that the plan invents; the same index gives the same issue. */
export function invented(seed: number, scene: Scene, index: number, kind: 'new' | 'single'): Character {
  const random = randomFrom(mixSeed(seed, index, 19));
  const project = scene.ofInvented(random);
  return character(random, scene, { index, project, kind, rate: kind === 'new' ? 6 + random() * 19 : 0 });
}

type Given = Pick<Character, 'index' | 'project' | 'rate' | 'kind'>;

function character(random: Random, scene: Scene, given: Given): Character {
  const { index, project } = given;
  const place = wholeBelow(random, CULPRITS.length);
  return {
    ...given,
    scene,
    id: String(FIRST_ID + index),
    shortId: shortIdOf(project.slug, index + 1),
    level: pick(random, LEVELS),
    culprit: random() < 0.1 ? null : (CULPRITS[place] ?? null),
    filename: FILES[place] ?? 'index.js',
    function: FUNCTIONS[place] ?? 'run',
    faults: faultsOf(random, index, scene.words(project)),
    noPermalink: random() < 0.1,
    assignee: pick(random, ASSIGNEES),
  };
}

function faultsOf(random: Random, index: number, words: readonly string[]): Fault[] {
  const hostile = HOSTILE[index];
  if (hostile !== undefined) return [hostile];
  const type = pick(random, ERROR_TYPES);
  const value = `${pick(random, subjectsAmong(words))} ${pick(random, COMPLAINTS)}`;
  const variants = random() < 0.3 ? 3 : 1;
  return Array.from({ length: variants }, (_, i) => ({
    type,
    value: variants === 1 ? value : `${value} (attempt ${String(i + 1)})`,
  }));
}

/** Half of them are these words. */
function subjectsAmong(words: readonly string[]): readonly string[] {
  return words.length === 0 ? SUBJECTS : [...SUBJECTS, ...SUBJECTS.map((_, i) => words[i % words.length]!)];
}

/** The index behind an id, or undefined when it cannot be one of the story's. */
export function indexOfId(id: string): number | undefined {
  const index = Number(id) - FIRST_ID;
  return Number.isInteger(index) && index >= 0 ? index : undefined;
}

import { pick, type Random, wholeBelow } from '../random.ts';
import type { Project } from '../types.ts';

/** A project of somebody's own, with what is to be found in it. */
export type OwnProject = {
  readonly slug: string;
  /** What half of its titles speak of. Default: none. */
  readonly words?: readonly string[];
  /** Keys that its events have as tags, besides the usual ones. Default: none. */
  readonly tags?: readonly string[];
};

/** Where the story plays. */
export type Scene = {
  readonly projects: readonly Project[];
  readonly environments: readonly string[];
  /** What an event's environment is drawn from: mostly the first one, once in a while none. */
  readonly spread: readonly (string | null)[];
  readonly quiet: Project | undefined;
  /** Where the steady issue lives, of so many. */
  ofSteady(random: Random, index: number, steady: number): Project;
  ofSleeper(index: number): Project;
  ofInvented(random: Random): Project;
  words(project: Project): readonly string[];
  tags(project: Project): readonly string[];
  release(project: Project, n: number): string;
};

const SLUGS = ['web', 'api', 'mobile', 'worker', 'quiet', 'empty'] as const;
const PLATFORMS = ['javascript', 'python', 'kotlin', 'ruby', 'node', null] as const;
const DEFAULT_ENVIRONMENTS = ['production', 'staging'];
const LIVELY = 4;
/** web, api, mobile and worker, fewer each. */
const SHARES = [0, 0, 0, 0, 1, 1, 1, 2, 2, 3];

/** Acme's six projects: four lively ones, one that is quiet and one that is empty. */
export function acmeScene(): Scene {
  const projects = SLUGS.map((slug, i) => projectOf(slug, i));
  return {
    ...bare(projects, DEFAULT_ENVIRONMENTS),
    quiet: projects[LIVELY],
    // The last two steady issues are the quiet project's.
    ofSteady: (random, index, steady) => (index >= steady - 2 ? projects[LIVELY]! : projects[pick(random, SHARES)]!),
    ofSleeper: (index) => projects[index % LIVELY]!,
    ofInvented: (random) => projects[wholeBelow(random, LIVELY)]!,
    release: ({ slug }, n) => `${slug}@1.${String(n)}.0`,
  };
}

/** These projects and environments instead; something happens in each of the first sixty. */
export function ownScene(own: readonly OwnProject[], environments: readonly string[] = []): Scene {
  const projects = own.map(({ slug }, i) => projectOf(slug, i));
  const found = new Map(own.map((project) => [project.slug, project]));
  return {
    ...bare(projects, environments.length === 0 ? DEFAULT_ENVIRONMENTS : environments),
    quiet: undefined,
    ofSteady: (random, index) => projects[index < projects.length ? index : wholeBelow(random, projects.length)]!,
    ofSleeper: (index) => projects[index % projects.length]!,
    ofInvented: (random) => projects[wholeBelow(random, projects.length)]!,
    words: ({ slug }) => found.get(slug)?.words ?? [],
    tags: ({ slug }) => found.get(slug)?.tags ?? [],
    release: (_, n) => `1.4.${String(n)}`,
  };
}

function bare(
  projects: readonly Project[],
  environments: readonly string[],
): Pick<Scene, 'projects' | 'environments' | 'spread' | 'words' | 'tags'> {
  const [usual, ...others] = environments.map((name, i) => Array<string>(i === 0 ? 40 : 9).fill(name));
  return { projects, environments, spread: [...usual!, ...others.flat(), null], words: () => [], tags: () => [] };
}

function projectOf(slug: string, i: number): Project {
  return {
    id: String(4_500_000_000_000_101 + i),
    slug,
    name: slug.charAt(0).toUpperCase() + slug.slice(1),
    platform: PLATFORMS[i % PLATFORMS.length] ?? null,
    createdAt: Date.UTC(2024, 0, 15),
    access: 'full',
    formerSlugs: [],
  };
}

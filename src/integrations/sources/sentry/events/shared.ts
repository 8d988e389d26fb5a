import type { Gap } from '../../../../core/model/gap.ts';
import type { Ask } from '../../../../core/model/reading.ts';
import type { Window } from '../../../../core/model/window.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { DetailsCache } from '../issues/details-cache.ts';
import type { PublicAddress } from '../api/links.ts';
import type { ListWish, Project, Projects, Resolved } from '../api/projects.ts';
import type { Environments } from './environments.ts';
import { lookUp } from './issues.ts';
import { type ProjectEnd, readProject } from './project.ts';
import type { ReadingOptions } from './reading.ts';
import { judgeBlank } from './still-there.ts';
import { createTally, type Tally } from '../../../../core/model/counting/tally.ts';

export interface PagesOptions extends ReadingOptions, PublicAddress {
  readonly projects: Projects;
  /** Pages of events at most, per project and window. */
  readonly maxPages: number;
}

/** One read of several filters: what they work with. */
export interface PagesRead extends PagesOptions, Pick<Clock, 'now'> {
  readonly cache: DetailsCache;
  readonly environments: Environments;
  readonly scope: Scope;
}

/** One project's window, read once for all filters that look at it. */
export interface Shared {
  readonly project: Project;
  readonly tallies: ReadonlyMap<Ask, Tally>;
  /** Never rejects. */
  readonly done: Promise<{ readonly end: ProjectEnd; readonly lookups: readonly Gap[] }>;
}

/** How far a project's window was read. */
export interface WasRead {
  readonly project: Project;
  readonly end: ProjectEnd;
}

/** The projects of a read, each under way. */
export interface Opened {
  /** The filter's projects that can be read, in its order, and what is said of the others. */
  of(ask: Ask): { readonly shared: readonly Shared[]; readonly gaps: readonly Gap[] };
  /** How the reading of a window's projects ended. */
  endsOf(window: Window): Promise<readonly WasRead[]>;
}

/**
 * GlitchTip lists the events of a deleted project as none, so every run makes sure that the project is still there. An
 * empty list is what it answers to a user who left the organization.
 */
const LIST: ListWish = { maxAgeMs: 240_000, older: 'unless empty' };

/** Begins to read every project that a filter names. */
export async function openProjects(asks: readonly Ask[], read: PagesRead): Promise<Opened> {
  const readable = asks.filter(({ filter }) => filter.query === undefined);
  const slugs = [...new Set(readable.flatMap(({ filter }) => filter.projects))];
  const { projects, gaps }: Resolved =
    slugs.length === 0 ? { projects: [], gaps: [] } : await read.projects.resolve(slugs, read.scope, LIST);
  const all = projects.flatMap((project) => {
    const naming = readable.filter(({ filter }) => filter.projects.includes(project.slug));
    const byWindow = Map.groupBy(naming, ({ window }) => window.start);
    return [...byWindow.values()].map((group) => share(project, group, read));
  });
  return {
    of: (ask) => ({
      shared: ask.filter.projects.flatMap((slug) =>
        all.filter(({ project, tallies }) => project.slug === slug && tallies.has(ask)),
      ),
      gaps: gaps.filter(({ project }) => ask.filter.projects.includes(project!)),
    }),
    endsOf: ({ start }) => {
      const here = all.filter(({ tallies }) => [...tallies.keys()].some(({ window }) => window.start === start));
      return Promise.all(here.map(async ({ project, done }) => ({ project, end: (await done).end })));
    },
  };
}

/** `asks`: those of one window that name the project. */
function share(project: Project, asks: readonly Ask[], read: PagesRead): Shared {
  const { window } = asks[0]!;
  const tallies = new Map(asks.map((ask) => [ask, createTally(ask.filter)]));
  const all = [...tallies.values()];
  const take: Parameters<typeof readProject>[0]['take'] = (event) => {
    for (const tally of all) tally.add(event);
    read.environments.saw(project, event.tag('environment'));
  };
  const readAll = async (): Promise<Awaited<Shared['done']>> => {
    const isGlitchTip = read.projects.isGlitchTip();
    const pages = await readProject({ ...read, project, window, isGlitchTip, take }, read.scope);
    const end = await judgeBlank(pages, project, read.projects, read.scope);
    const full = [...tallies].filter(([{ want }]) => want === 'full');
    const wanted = new Set([
      ...full.flatMap(([, tally]) => biggest(tally, read.maxRows)),
      ...all.flatMap(({ undecided }) => [...undecided]),
    ]);
    const lookups = await lookUp([...wanted], project, window, read);
    for (const tally of all) tally.settle((id) => read.cache.get(id)?.level ?? null);
    return { end, lookups };
  };
  return { project, tallies, done: readAll() };
}

/** Ids of the issues that can be shown. */
function biggest({ issues }: Tally, rows: number): readonly string[] {
  return [...issues]
    .toSorted(([, a], [, b]) => b.events - a.events)
    .slice(0, rows)
    .map(([id]) => id);
}

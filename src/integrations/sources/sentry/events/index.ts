import type { Complaint } from '../../../../config/filters/complaint.ts';
import { UpstreamError } from '../../../../core/model/errors.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Ask, Reading } from '../../../../core/model/reading.ts';
import type { Window } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { answer, asTheyCome } from '../api/answers.ts';
import type { DetailsCache } from '../api/details.ts';
import type { Project, Projects, Resolved } from '../api/projects.ts';
import { earlier } from '../api/read-deadline.ts';
import type { Reader, ReaderDeps } from '../api/reader.ts';
import { checkSilence } from '../api/silence.ts';
import { describe, lookUp } from './issues.ts';
import { type ProjectEnd, readProject } from './project.ts';
import { issuesOf, type ProjectCount, readingOf, type ReadingOptions } from './reading.ts';
import { findSilence } from './silence.ts';
import { createTally, type Tally } from './tally.ts';

export interface PagesOptions extends ReadingOptions {
  readonly projects: Projects;
  /** Pages of events at most, per project and window. */
  readonly maxPages: number;
}

/** One project's window, read once for all filters that look at it. */
interface Shared {
  readonly project: Project;
  readonly tallies: ReadonlyMap<Ask, Tally>;
  /** Never rejects. */
  readonly done: Promise<{ readonly end: ProjectEnd; readonly lookups: readonly Gap[] }>;
}

/** GlitchTip lists the events of a project that was deleted as none, so every run makes sure that it is still there. */
const LIST_AGE_MS = 240_000;
/** Kept for delivery, ms: less than by the table, because here the time is what the counts are bought with. */
const RESERVE_MS = 15_000;

/** Reads by the pages of the projects' events (SA §4, §12): every event of the window passes by, and is counted here. */
export function createPagesReader(options: PagesOptions, deps: ReaderDeps): Reader {
  const cache: DetailsCache = new Map();
  return {
    async *read(asks, scope) {
      const early = earlier(scope, deps.now(), RESERVE_MS);
      try {
        const open = openProjects(asks, options, cache, early, deps);
        const answers = asTheyCome(
          asks.map((ask) => answer(ask, async () => readFilter(ask, await open, options, cache))),
        );
        yield* checkSilence(answers, async (window) =>
          findSilence(window, await ended(await open, window), { ...options, now: deps.now }, early),
        );
      } finally {
        early.close();
      }
    },
  };
}

interface Opened {
  /** By window start and project id. */
  readonly shared: ReadonlyMap<string, Shared>;
  resolved(ask: Ask): Resolved;
}

/** Begins to read every project that a filter names. */
async function openProjects(
  asks: readonly Ask[],
  options: PagesOptions,
  cache: DetailsCache,
  scope: Scope,
  deps: ReaderDeps,
): Promise<Opened> {
  const readable = asks.filter(({ filter }) => filter.query === undefined);
  const slugs = [...new Set(readable.flatMap(({ filter }) => filter.projects))];
  const { projects, gaps }: Resolved =
    slugs.length === 0 ? { projects: [], gaps: [] } : await options.projects.resolve(slugs, scope, LIST_AGE_MS);
  const shared = new Map<string, Shared>();
  for (const project of projects) {
    const naming = readable.filter(({ filter }) => filter.projects.includes(project.slug));
    for (const [start, group] of Map.groupBy(naming, ({ window }) => window.start))
      shared.set(keyOf(start, project), share(project, group, options, cache, scope, deps));
  }
  return {
    shared,
    resolved: ({ filter }) => ({
      projects: filter.projects.flatMap((slug) => projects.filter((project) => project.slug === slug)),
      gaps: gaps.filter(({ project }) => filter.projects.includes(project!)),
    }),
  };
}

function keyOf(start: number, { id }: Project): string {
  return `${start} ${id}`;
}

function share(
  project: Project,
  asks: readonly Ask[],
  { client, maxPages, maxRows }: PagesOptions,
  cache: DetailsCache,
  scope: Scope,
  { now }: ReaderDeps,
): Shared {
  const { window } = asks[0]!;
  const tallies = new Map(asks.map((ask) => [ask, createTally(ask.filter)]));
  const all = [...tallies.values()];
  const take: Parameters<typeof readProject>[0]['take'] = (event) => {
    for (const tally of all) tally.add(event);
  };
  const read = async (): Promise<Awaited<Shared['done']>> => {
    const end = await readProject({ client, project, window, maxPages, now, take }, scope);
    const wanted = new Set(
      [...tallies].flatMap(([{ want }, tally]) => (want === 'full' ? biggest(tally, maxRows) : [])),
    );
    return { end, lookups: await lookUp(client, cache, project, [...wanted], window, scope, now) };
  };
  return { project, tallies, done: read() };
}

/** Ids of the issues that can be shown. */
function biggest({ issues }: Tally, rows: number): readonly string[] {
  return [...issues]
    .toSorted(([, a], [, b]) => b.events - a.events)
    .slice(0, rows)
    .map(([id]) => id);
}

/** Rejects when no total can be had. */
async function readFilter(
  ask: Ask,
  { shared, resolved }: Opened,
  options: PagesOptions,
  cache: DetailsCache,
): Promise<Reading> {
  if (ask.filter.query !== undefined) throw noQuery(options.client.name);
  const { projects, gaps } = resolved(ask);
  const parts: ProjectCount[] = [];
  const lookups: Gap[] = [];
  for (const project of projects) {
    const { tallies, done } = shared.get(keyOf(ask.window.start, project))!;
    const { end, lookups: failed } = await done;
    parts.push({ project, tally: tallies.get(ask)!, end });
    lookups.push(...failed);
  }
  const failure = parts.find(({ end }) => end.failure !== undefined)?.end.failure;
  if (failure !== undefined && parts.every(({ end }) => end.pages === 0)) throw failure;
  const issues = issuesOf(parts, options);
  const shown = ask.want === 'full' ? issues.slice(0, options.maxRows) : [];
  return readingOf(ask, parts, issues, describe(shown, cache, lookups), gaps, options);
}

/** What a filter with a raw query is told where there is no such search. */
export const NO_QUERY =
  'this server has no search of that kind, so query cannot be used; use searchTerms, exclude, levels and environments';

export function vetForPages(filters: readonly Filter[]): readonly Complaint[] {
  return filters
    .filter(({ query }) => query !== undefined)
    .map(({ name }) => ({ filter: name, key: 'query', text: NO_QUERY }));
}

function noQuery(service: string): UpstreamError {
  return new UpstreamError(`${service}: ${NO_QUERY}`, { service, retryable: false });
}

/** The projects of a window and how their reading ended. */
async function ended(
  { shared }: Opened,
  { start }: Window,
): Promise<readonly { readonly project: Project; readonly end: ProjectEnd }[]> {
  const here = [...shared].filter(([key]) => key.startsWith(`${start} `)).map(([, it]) => it);
  return Promise.all(here.map(async ({ project, done }) => ({ project, end: (await done).end })));
}

import { HOUR_MS } from '../../../../core/model/window.ts';
import { faultOf, UpstreamError } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from './client.ts';
import { listProjects, NoProjects, type Project } from './list-projects.ts';
import { within } from './read-deadline.ts';
import { fateOf, type Slugs, slugsOf } from '../names/slugs.ts';

export type { Project } from './list-projects.ts';

export interface Resolved {
  /** In the order of the slugs. */
  readonly projects: readonly Project[];
  /** The others. */
  readonly gaps: readonly Gap[];
}

/** How young the list must be. */
export interface ListWish {
  /** Default: an hour. */
  readonly maxAgeMs?: number;
  /** When the older list serves in place of one that cannot be had. Default: always. */
  readonly older?: 'always' | 'unless empty' | 'never';
}

/** The organization's projects by slug; ids survive a renaming, slugs do not. */
export interface Projects {
  readonly org: string;
  /**
   * Reads the list when there is none, when it is older than `maxAgeMs`, and sooner when a slug is missing from it.
   */
  resolve(slugs: readonly string[], scope: Scope, wish?: ListWish): Promise<Resolved>;
  /** Those of the list that was read last; nobody is asked. */
  known(slugs: readonly string[]): readonly Project[];
  /** Whether the list came from a GlitchTip. */
  isGlitchTip(): boolean;
  /** Reads the list again, when it can be had: Sentry refused a project that was in it. */
  refresh(scope: Scope): Promise<void>;
  /**
   * Sentry let us see the project but not its events: left out for five minutes. `words`: Sentry's own, '' when it had
   * none.
   */
  forbid(id: string, words?: string): void;
}

/** The list is read again after an hour, and after five minutes when a slug was not in it. */
const MAX_AGE_MS = HOUR_MS;
const MISSING_AGE_MS = 300_000;
/** A forbidden project is tried again after this, however old the list is. */
const FORBIDDEN_AGE_MS = 300_000;
/** Longest wait for the list when an older one can serve, ms. */
const REREAD_MS = 15_000;

interface Listed {
  readonly bySlug: ReadonlyMap<string, Project>;
  readonly at: number;
  readonly isGlitchTip: boolean;
  readonly slugs: Slugs;
  /** What became of slugs that are not in it, as far as it was asked. */
  readonly fates: Map<string, string>;
}

interface Forbidden {
  readonly at: number;
  /** Sentry's own; '' when it had none. */
  readonly words: string;
}

export function createProjects(client: Client, now: () => number): Projects {
  const list = createList(client, now);
  const forbidden = new Map<string, Forbidden>();

  const refusal = (id: string): Forbidden | undefined => {
    const found = forbidden.get(id);
    if (found === undefined || now() - found.at < FORBIDDEN_AGE_MS) return found;
    forbidden.delete(id);
    return undefined;
  };
  return {
    org: client.org,
    isGlitchTip: list.isGlitchTip,
    known: (slugs) => slugs.flatMap((slug) => list.known(slug) ?? []),
    async resolve(slugs, scope, wish = {}) {
      const listed = await list.current(slugs, scope, wish);
      const projects: Project[] = [];
      const gaps: Gap[] = [];
      for (const slug of slugs) {
        const project = listed.bySlug.get(slug);
        const no = project === undefined ? undefined : refusal(project.id);
        if (project === undefined) gaps.push(missing(slug, listed, client.org));
        else if (no !== undefined) gaps.push(refused(slug, no.words));
        else projects.push(project);
      }
      return { projects, gaps };
    },
    refresh: async (scope) => void (await list.reread(scope, 'always')),
    forbid: (id, words = '') => void forbidden.set(id, { at: now(), words }),
  };
}

type Older = NonNullable<ListWish['older']>;

interface List {
  current(slugs: readonly string[], scope: Scope, wish: ListWish): Promise<Listed>;
  reread(scope: Scope, older: Older): Promise<Listed>;
  isGlitchTip(): boolean;
  known(slug: string): Project | undefined;
}

/** The list as it was last read. */
function createList(client: Client, now: () => number): List {
  let listed: Listed | null = null;
  /** How the last run could not read it: the next one tries again. */
  let failed: { readonly runId: string; readonly error: unknown } | null = null;

  const load = shared(async (scope) => {
    const read = await listProjects(client, scope);
    return (listed = { ...read, at: now(), slugs: slugsIn(read.bySlug, listed), fates: new Map() });
  });
  // A stale list is better than none, where a request tells what became of its projects.
  const reread = async (scope: Scope, older: Older): Promise<Listed> => {
    if (listed !== null && failed?.runId === scope.runId && mayServe(older, failed.error)) return listed;
    if (listed === null) return load(scope);
    const early = within(scope, REREAD_MS, `it had ${REREAD_MS / 1000} s`);
    return load(early)
      .finally(() => early.close())
      .catch((error: unknown) => {
        if (listed === null || scope.signal.aborted || !mayServe(older, error)) throw error;
        if (failed?.runId !== scope.runId)
          scope.log.warn(
            { error: faultOf(error).message, ageMs: now() - listed.at },
            'the list of projects cannot be read again, the older one serves',
          );
        failed = { runId: scope.runId, error };
        return listed;
      });
  };
  return {
    reread,
    isGlitchTip: () => listed?.isGlitchTip ?? false,
    known: (slug) => listed?.bySlug.get(slug),
    async current(slugs, scope, { maxAgeMs = MAX_AGE_MS, older = 'always' }) {
      const age = listed === null ? Infinity : now() - listed.at;
      const isOld = age >= maxAgeMs || (age >= MISSING_AGE_MS && slugs.some((slug) => !listed?.bySlug.has(slug)));
      return isOld || listed === null ? reread(scope, older) : listed;
    },
  };
}

function mayServe(older: Older, error: unknown): boolean {
  return older === 'always' || (older === 'unless empty' && !(error instanceof NoProjects));
}

function slugsIn(bySlug: Listed['bySlug'], before: Listed | null): Slugs {
  const ids = new Map([...bySlug].map(([slug, { id }]) => [slug, id]));
  return slugsOf(ids, before?.slugs ?? null);
}

/** One reading at a time, which all that need it meanwhile share. */
function shared<T>(read: (scope: Scope) => Promise<T>): (scope: Scope) => Promise<T> {
  let reading: Promise<T> | null = null;
  const load = async (scope: Scope): Promise<T> => {
    if (reading === null) {
      reading = read(scope).finally(() => (reading = null));
      return reading;
    }
    // Another run's end is not ours: what it could not finish is asked anew. A list that cannot be had is not.
    return reading.catch((error: unknown) => {
      const isCutShort = error instanceof UpstreamError && error.facts.aborted === true;
      if (!isCutShort || scope.signal.aborted) throw error;
      return load(scope);
    });
  };
  return load;
}

function missing(project: string, { slugs, fates }: Listed, org: string): Gap {
  const fate = fates.get(project) ?? fateOf(project, slugs);
  fates.set(project, fate);
  return { part: 'totals', reason: 'project_not_found', project, detail: `no project ${project} in ${org}: ${fate}` };
}

function refused(project: string, words: string): Gap {
  const theirs = words === '' ? '' : ` (Sentry: ${words})`;
  return {
    part: 'totals',
    reason: 'project_forbidden',
    project,
    detail: `the token may not read ${project}; give its integration access${theirs}`,
  };
}

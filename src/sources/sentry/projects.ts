import { z } from 'zod';
import type { Scope } from '../../core/ports.ts';
import type { Gap } from '../../core/types.ts';
import { faultOf, UpstreamError } from '../../core/errors.ts';
import type { Client } from './client.ts';

/** A project that can be asked for. */
export interface Project {
  readonly slug: string;
  readonly id: string;
}

export interface Resolved {
  /** In the order of the slugs. */
  readonly projects: readonly Project[];
  /** The others. */
  readonly gaps: readonly Gap[];
}

/** The organization's projects by slug; ids survive a renaming, slugs do not. */
export interface Projects {
  /** Reads the list when there is none, when it is old, and sooner when a slug is missing from it. */
  resolve(slugs: readonly string[], scope: Scope): Promise<Resolved>;
  /** Reads the list again: Sentry refused a project that was in it. */
  refresh(scope: Scope): Promise<void>;
  /** Sentry let us see the project but not its events: left out for five minutes, then tried anew. */
  forbid(id: string): void;
}

/** The list is read again after an hour (SA §6), and after five minutes when a slug was not in it. */
const MAX_AGE_MS = 3_600_000;
const MISSING_AGE_MS = 300_000;
/** 100 projects a page. */
const MAX_PAGES = 200;

const Listing = z.array(z.object({ id: z.union([z.string(), z.number()]).transform(String), slug: z.string() }));

interface Listed {
  readonly bySlug: ReadonlyMap<string, string>;
  readonly at: number;
}

export function createProjects(client: Client, now: () => number): Projects {
  let listed: Listed | null = null;
  let loading: Promise<Listed> | null = null;
  const forbidden = new Map<string, number>();

  const load = async (scope: Scope): Promise<Listed> => {
    const others = loading;
    // Another run's end is not ours: what it could not finish is asked anew. A list that cannot be had is not.
    if (others !== null) {
      return others.catch((error: unknown) => {
        const isCutShort = error instanceof UpstreamError && error.facts.aborted === true;
        if (!isCutShort || scope.signal.aborted) throw error;
        return load(scope);
      });
    }
    loading = readAll(client, scope).then((bySlug) => (listed = { bySlug, at: now() }));
    return loading.finally(() => (loading = null));
  };
  const current = async (slugs: readonly string[], scope: Scope): Promise<Listed> => {
    const age = listed === null ? Infinity : now() - listed.at;
    const isOld = age >= MAX_AGE_MS || (age >= MISSING_AGE_MS && slugs.some((slug) => !listed?.bySlug.has(slug)));
    if (!isOld && listed !== null) return listed;
    const older = listed;
    return load(scope).catch((error: unknown) => {
      // Ids survive renames (SA §6): an older list is better than none.
      if (older === null) throw error;
      scope.log.warn({ error: faultOf(error).message }, 'the list of projects cannot be read again, the older one serves');
      return older;
    });
  };
  return {
    async resolve(slugs, scope) {
      const { bySlug } = await current(slugs, scope);
      const projects: Project[] = [];
      const gaps: Gap[] = [];
      for (const slug of slugs) {
        const id = bySlug.get(slug);
        if (id === undefined) gaps.push(missing(slug, client.org));
        else if ((forbidden.get(id) ?? -Infinity) > now() - MISSING_AGE_MS) gaps.push(refused(slug));
        else projects.push({ slug, id });
      }
      return { projects, gaps };
    },
    refresh: async (scope) => void (await load(scope)),
    forbid: (id) => void forbidden.set(id, now()),
  };
}

function missing(project: string, org: string): Gap {
  return { part: 'totals', reason: 'project_not_found', project, detail: `no project ${project} in ${org}: renamed, deleted or misspelt; mend the filter` };
}

function refused(project: string): Gap {
  return { part: 'totals', reason: 'project_forbidden', project, detail: `the token may not read ${project}; give its integration access` };
}

async function readAll(client: Client, scope: Scope): Promise<ReadonlyMap<string, string>> {
  const bySlug = new Map<string, string>();
  let cursor: string | null = null;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const params: [string, string][] = [['per_page', '100'], ...(cursor === null ? [] : [['cursor', cursor] as [string, string]])];
    const page = await client.get(client.url('projects'), params, scope);
    const parsed = Listing.safeParse(page.body);
    if (!parsed.success) throw new UpstreamError(`${client.name}: the list of projects is not what Sentry documents; check SENTRY_URL`, { service: client.name, status: 200, retryable: true });
    for (const { slug, id } of parsed.data) bySlug.set(slug, id);
    if (page.next === null || page.next === cursor) return bySlug;
    cursor = page.next;
  }
  return bySlug;
}

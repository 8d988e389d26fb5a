import * as z from 'zod/mini';
import { faultOf, UpstreamError } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import { HOUR_MS } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import { unknownEnvironment } from '../names/environments.ts';
import type { Project } from '../api/projects.ts';
import type { Params } from '../api/query.ts';

/** The list is asked for when a name is not known, again after five minutes; what it did not have may have come. */
const MISSING_AGE_MS = 240_000;
/** Names are believed so long after they were seen, ms. */
const KNOWN_MS = 24 * HOUR_MS;
/** 100 environments a page. */
const MAX_PAGES = 50;

const Listing = z.array(z.object({ name: z.string() }));

/** What a filter's environments come to. */
export interface Checked {
  /** Those that no project of the filter has had an event in. */
  readonly unknown: readonly string[];
  readonly gaps: readonly Gap[];
  readonly warnings: readonly string[];
}

const FINE: Checked = { unknown: [], gaps: [], warnings: [] };

/**
 * The environments of projects, as their events and lists told. Kept from read to read: such a server answers an
 * unknown environment with nothing at all.
 */
export interface Environments {
  /** '': none. */
  saw(project: Project, name: string): void;
  /** Asks for the lists when the filter names one that was not seen. Never rejects. */
  check(filter: Filter, projects: readonly Project[], scope: Scope): Promise<Checked>;
}

interface Known {
  /** By name, when it was seen, epoch ms. */
  readonly seen: Map<string, number>;
  listedAt: number;
  /** The last asking, under way or over; who checks meanwhile waits for it too. Never rejects. */
  listing: Promise<void>;
  /** Why the list could not be had, since it was last asked for. */
  failure: unknown;
}

export function createEnvironments(client: Client, now: () => number): Environments {
  const all = new Map<string, Known>();
  const of = ({ id }: Project): Known => {
    const known: Known = all.get(id) ?? {
      seen: new Map(),
      listedAt: -Infinity,
      listing: Promise.resolve(),
      failure: undefined,
    };
    all.set(id, known);
    return known;
  };
  const isKnown = (name: string, projects: readonly Project[]): boolean =>
    projects.some((project) => now() - (of(project).seen.get(name) ?? -Infinity) < KNOWN_MS);
  const list = (project: Project, scope: Scope): Promise<void> => {
    const known = of(project);
    if (now() - known.listedAt >= MISSING_AGE_MS) {
      known.listedAt = now();
      known.listing = learn(project, known, { client, now, scope });
    }
    return known.listing;
  };
  return {
    saw(project, name) {
      if (name !== '') of(project).seen.set(name, now());
    },
    async check({ environments }, projects, scope) {
      if (environments.every((name) => isKnown(name, projects))) return FINE;
      for (const project of projects) await list(project, scope);
      const unknown = environments.filter((name) => !isKnown(name, projects));
      if (unknown.length === 0) return FINE;
      const failure = projects.map((project) => of(project).failure).find((it) => it !== undefined);
      if (failure !== undefined) return unsure(unknown, failure);
      const names = [...new Set(projects.flatMap((project) => [...of(project).seen.keys()]))];
      return { unknown, gaps: unknown.map((name) => unknownEnvironment(name, client.org, names)), warnings: [] };
    },
  };
}

interface Asking {
  readonly client: Client;
  readonly scope: Scope;
  now(): number;
}

/** Takes in the list of a project's environments, or why it cannot be had. */
async function learn(project: Project, known: Known, { client, now, scope }: Asking): Promise<void> {
  known.failure = undefined;
  try {
    const names = project.environments ?? (await listOf(project, client, scope));
    for (const name of names) known.seen.set(name, now());
  } catch (error) {
    known.failure = error;
  }
}

/** A server that has no such list, or does not show it, can never tell: that makes nothing incomplete for ever. */
function unsure(names: readonly string[], failure: unknown): Checked {
  const detail = `whether there is an environment ${names.join(', ')} could not be asked: ${faultOf(failure).message}`;
  const status = failure instanceof UpstreamError ? failure.status : undefined;
  if (status === 403 || status === 404) return { unknown: [], gaps: [], warnings: [detail] };
  return { unknown: [], gaps: [{ part: 'totals', reason: 'not_answered', detail }], warnings: [] };
}

/** Hidden ones too. */
const PARAMS: Params = [
  ['visibility', 'all'],
  ['limit', '100'],
];

async function listOf({ slug }: Project, client: Client, scope: Scope): Promise<readonly string[]> {
  const url = client.projectUrl(slug, 'environments');
  const names: string[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const params: Params = cursor === null ? PARAMS : [...PARAMS, ['cursor', cursor]];
    const { body, next } = await client.get(url, params, scope);
    const list = Listing.safeParse(body);
    if (!list.success)
      throw new UpstreamError(`${client.name}: the environments of a project are no list of names; check SENTRY_URL`, {
        service: client.name,
        status: 200,
        retryable: true,
      });
    names.push(...list.data.map(({ name }) => name));
    if (next === null || next === cursor) break;
    cursor = next;
  }
  return names;
}

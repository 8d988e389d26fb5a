import { z } from 'zod';
import { faultOf } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Details } from '../../../../core/model/reading.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { RANKS } from '../limits/priority-queue.ts';
import { type Client, errand } from './client.ts';

export interface Found {
  readonly details: ReadonlyMap<string, Details>;
  readonly gaps: readonly Gap[];
}

/** The issues of one filter, as `want` takes them. */
export interface Wanted {
  readonly issueIds: readonly string[];
  readonly projectIds: readonly string[];
}

/** Collects the issues of several filters into as few requests as possible, for one read. */
export interface DetailsBatch {
  /** Each filter of the read calls `want` or `skip` once; the last one sets off what is not yet under way. */
  want(wanted: Wanted): Promise<Found>;
  skip(): void;
}

export interface DetailsDeps {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Most groups in one request, and most projects named in it: more are asked for as "all", to keep the URL short. */
const PER_REQUEST = 100;
const MAX_PROJECTS = 40;
/** Issues wait for those of other filters to share a request with: so long after the last filter came, and so long in all. */
const LINGER_MS = 500;
const MAX_LINGER_MS = 2000;
/** Title, state and assignee may be this old. */
export const KEEP_MS = 600_000;
const MAX_KEPT = 20_000;
/** What could not be asked anew may serve for so long; an issue that was not seen meanwhile is forgotten, ms. */
const FORGET_MS = 3_600_000;

const Person = z.object({ name: z.string().nullish(), email: z.string().nullish() });
const Issue = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  shortId: z.string().nullish(),
  title: z.string().nullish(),
  culprit: z.string().nullish(),
  level: z.string().nullish(),
  permalink: z.string().nullish(),
  substatus: z.string().nullish(),
  firstSeen: z.string().nullish(),
  lifetime: z.object({ firstSeen: z.string().nullish() }).nullish(),
  assignedTo: Person.nullish().catch(null),
});

export type DetailsCache = Map<string, { readonly at: number; readonly details: Details }>;

/** What one request found. */
interface Fetched {
  readonly details: ReadonlyMap<string, Details>;
  readonly gaps: readonly Gap[];
}

/** `readers`: how many filters will call `want` or `skip`. */
export function openDetails(
  client: Client,
  cache: DetailsCache,
  readers: number,
  scope: Scope,
  deps: DetailsDeps,
): DetailsBatch {
  forget(cache, deps.now());
  const queued = new Set<string>();
  const projects = new Set<string>();
  /** Requests of this read, by the issues they ask for. */
  const asked = new Map<string, Promise<Fetched>>();
  let left = readers;

  const send = (ids: readonly string[]): void => {
    const fetched = fetchDetails(client, cache, ids, [...projects], scope, deps.now);
    for (const id of ids) {
      queued.delete(id);
      asked.set(id, fetched);
    }
  };
  const linger = createLinger(
    () => {
      while (queued.size > 0) send([...queued].slice(0, PER_REQUEST));
    },
    scope,
    deps,
  );
  const arrive = (): void => {
    left--;
    while (queued.size >= PER_REQUEST) send([...queued].slice(0, PER_REQUEST));
    if (left === 0) linger.end();
    else if (queued.size > 0) linger.again();
  };
  return {
    skip: arrive,
    async want({ issueIds, projectIds }) {
      const fresh = (id: string): boolean => (cache.get(id)?.at ?? -Infinity) > deps.now() - KEEP_MS;
      const missing = issueIds.filter((id) => !fresh(id));
      const known = new Map(issueIds.flatMap((id) => (cache.has(id) ? [[id, cache.get(id)!.details] as const] : [])));
      for (const id of projectIds) projects.add(id);
      for (const id of missing) if (!asked.has(id)) queued.add(id);
      const over = linger.over();
      arrive();
      if (missing.some((id) => queued.has(id))) await over;
      const fetched = await Promise.all(new Set(missing.map((id) => asked.get(id)!)));
      for (const { details } of fetched) for (const [id, it] of details) known.set(id, it);
      return found(
        issueIds,
        known,
        fetched.flatMap(({ gaps }) => gaps),
      );
    },
  };
}

interface Linger {
  /** Ends when `done` was called next. */
  over(): Promise<void>;
  /** Somebody came: waits on, but not for ever. */
  again(): void;
  end(): void;
}

/** `done`: called when nobody came for a while, when that took too long, or when the run ends. */
function createLinger(done: () => void, { signal }: Scope, { now, sleep }: DetailsDeps): Linger {
  let since: number | null = null;
  let timer = new AbortController();
  let wake: () => void = () => undefined;
  let over = new Promise<void>((resolve) => (wake = resolve));
  const end = (): void => {
    timer.abort();
    since = null;
    done();
    wake();
    over = new Promise<void>((resolve) => (wake = resolve));
  };
  return {
    over: () => over,
    end,
    again: () => {
      timer.abort();
      timer = new AbortController();
      since ??= now();
      const ms = Math.max(0, Math.min(LINGER_MS, since + MAX_LINGER_MS - now()));
      void sleep(ms, AbortSignal.any([signal, timer.signal])).then(end, () => {
        if (signal.aborted) end();
      });
    },
  };
}

/** `known`: what is known now, also from before. */
function found(issueIds: readonly string[], known: ReadonlyMap<string, Details>, failures: readonly Gap[]): Found {
  const details = new Map(
    issueIds.flatMap((id): [string, Details][] => {
      const it = known.get(id);
      return it === undefined ? [] : [[id, it]];
    }),
  );
  const unknown = issueIds.filter((id) => !details.has(id));
  if (failures.length > 0 || unknown.length === 0) return { details, gaps: failures.slice(0, 1) };
  return {
    details,
    gaps: [
      {
        part: 'details',
        reason: 'not_known',
        detail: `${unknown.length} issues that Sentry no longer shows (deleted or merged): ${unknown.slice(0, 5).join(', ')}`,
      },
    ],
  };
}

/** Puts what Sentry knows of the issues into the cache too; gives back a gap when it could not be asked. */
async function fetchDetails(
  client: Client,
  cache: DetailsCache,
  ids: readonly string[],
  projectIds: readonly string[],
  scope: Scope,
  now: () => number,
): Promise<Fetched> {
  const projects = projectIds.length > MAX_PROJECTS ? ['-1'] : projectIds;
  const params: [string, string][] = [
    ...ids.map((id): [string, string] => ['group', id]),
    ...projects.map((id): [string, string] => ['project', id]),
    ['query', ''],
    ['groupStatsPeriod', ''],
    ['limit', String(PER_REQUEST)],
  ];
  const lost = (detail: string): Fetched => ({
    details: new Map(),
    gaps: [{ part: 'details', reason: 'not_answered', detail }],
  });
  try {
    const { body } = await client.get(client.url('issues'), params, errand(scope, RANKS.details));
    if (!Array.isArray(body)) return lost(`${client.name}: the issues are no list`);
    // NOTE: taken out at once: the cache may drop what others still wait for.
    const details = new Map(
      body.flatMap((entry) => {
        const id = keep(cache, entry, now());
        return id === null ? [] : [[id, cache.get(id)!.details] as const];
      }),
    );
    return { details, gaps: [] };
  } catch (error) {
    return lost(faultOf(error).message);
  }
}

/** Entries stand in the order in which they came. */
function forget(cache: DetailsCache, now: number): void {
  for (const [id, { at }] of cache) {
    if (at > now - FORGET_MS) return;
    cache.delete(id);
  }
}

/** Notes what an entry of an issue list says; gives back its id. Null: it has an unknown shape and is left out. */
export function keep(cache: DetailsCache, entry: unknown, at: number): string | null {
  const parsed = Issue.safeParse(entry);
  if (!parsed.success) return null;
  const { id, shortId, title, culprit, level, permalink, substatus, firstSeen, lifetime, assignedTo } = parsed.data;
  cache.delete(id);
  cache.set(id, {
    at,
    details: {
      issueId: id,
      shortId: shortId || null,
      title: title ?? '',
      culprit: culprit || null,
      level: level ?? null,
      url: permalink != null && /^https?:\/\//.test(permalink) ? permalink : null,
      substatus: substatus ?? null,
      firstSeen: instant(lifetime?.firstSeen ?? firstSeen),
      assignee: assignedTo?.name || assignedTo?.email || null,
    },
  });
  if (cache.size > MAX_KEPT) cache.delete(cache.keys().next().value!);
  return id;
}

function instant(text: string | null | undefined): number | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : at;
}

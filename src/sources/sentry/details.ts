import { z } from 'zod';
import type { Scope } from '../../core/ports.ts';
import type { Details, Gap } from '../../core/types.ts';
import { faultOf } from '../../core/errors.ts';
import { errand, type Client } from './client.ts';
import { RANKS } from './line.ts';

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
/** A filter waits at most this long for slower ones to share a request with. */
const LINGER_MS = 2000;
/** Title, state and assignee may be this old. */
export const KEEP_MS = 600_000;
const MAX_KEPT = 20_000;

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

interface Request {
  readonly ids: readonly string[];
  readonly done: Promise<readonly Gap[]>;
}

/** `readers`: how many filters will call `want` or `skip`. */
export function openDetails(client: Client, cache: DetailsCache, readers: number, scope: Scope, deps: DetailsDeps): DetailsBatch {
  const queued = new Set<string>();
  const projects = new Set<string>();
  const requests: Request[] = [];
  let wake: () => void = () => undefined;
  let allHere = new Promise<void>((done) => (wake = done));
  let left = readers;

  const send = (ids: readonly string[]): void => {
    for (const id of ids) queued.delete(id);
    requests.push({ ids, done: fetchDetails(client, cache, ids, [...projects], scope, deps.now) });
  };
  const flush = (): void => {
    while (queued.size > 0) send([...queued].slice(0, PER_REQUEST));
    wake();
    allHere = new Promise<void>((done) => (wake = done));
  };
  const arrive = (): void => {
    left--;
    while (queued.size >= PER_REQUEST) send([...queued].slice(0, PER_REQUEST));
    if (left === 0) flush();
  };
  const linger = async (here: Promise<void>): Promise<void> => {
    const through = new AbortController();
    const late = deps.sleep(LINGER_MS, AbortSignal.any([scope.signal, through.signal])).then(flush, () => undefined);
    await Promise.race([here, late]);
    through.abort();
  };
  return {
    skip: arrive,
    async want({ issueIds, projectIds }) {
      const fresh = (id: string): boolean => (cache.get(id)?.at ?? -Infinity) > deps.now() - KEEP_MS;
      const missing = issueIds.filter((id) => !fresh(id));
      for (const id of projectIds) projects.add(id);
      for (const id of missing) if (!requests.some(({ ids }) => ids.includes(id))) queued.add(id);
      const here = allHere;
      arrive();
      if (missing.some((id) => queued.has(id))) await linger(here);
      const gaps = await Promise.all(requests.filter(({ ids }) => missing.some((id) => ids.includes(id))).map(({ done }) => done));
      return found(issueIds, cache, gaps.flat());
    },
  };
}

function found(issueIds: readonly string[], cache: DetailsCache, failures: readonly Gap[]): Found {
  const details = new Map(issueIds.flatMap((id): [string, Details][] => {
    const kept = cache.get(id);
    return kept === undefined ? [] : [[id, kept.details]];
  }));
  const unknown = issueIds.filter((id) => !details.has(id));
  if (failures.length > 0 || unknown.length === 0) return { details, gaps: failures.slice(0, 1) };
  return { details, gaps: [{ part: 'details', reason: 'not_known', detail: `${unknown.length} issues that Sentry no longer shows (deleted or merged): ${unknown.slice(0, 5).join(', ')}` }] };
}

/** Puts what Sentry knows of the issues into the cache; gives back a gap when it could not be asked. */
async function fetchDetails(client: Client, cache: DetailsCache, ids: readonly string[], projectIds: readonly string[], scope: Scope, now: () => number): Promise<readonly Gap[]> {
  const projects = projectIds.length > MAX_PROJECTS ? ['-1'] : projectIds;
  const params: [string, string][] = [
    ...ids.map((id): [string, string] => ['group', id]),
    ...projects.map((id): [string, string] => ['project', id]),
    ['query', ''],
    ['groupStatsPeriod', ''],
    ['limit', String(PER_REQUEST)],
  ];
  try {
    const { body } = await client.get(client.url('issues'), params, errand(scope, RANKS.details));
    if (!Array.isArray(body)) return [{ part: 'details', reason: 'not_answered', detail: `${client.name}: the issues are no list` }];
    for (const entry of body) keep(cache, entry, now());
    return [];
  } catch (error) {
    return [{ part: 'details', reason: 'not_answered', detail: faultOf(error).message }];
  }
}

/** Notes what an entry of an issue list says; gives back its id. Null: it has an unknown shape and is left out. */
export function keep(cache: DetailsCache, entry: unknown, at: number): string | null {
  const parsed = Issue.safeParse(entry);
  if (!parsed.success) return null;
  const { id, shortId, title, culprit, level, permalink, substatus, firstSeen, lifetime, assignedTo } = parsed.data;
  cache.delete(id);
  cache.set(id, { at, details: {
    issueId: id,
    shortId: shortId || null,
    title: title ?? '',
    culprit: culprit || null,
    level: level ?? null,
    url: permalink != null && /^https?:\/\//.test(permalink) ? permalink : null,
    substatus: substatus ?? null,
    firstSeen: instant(lifetime?.firstSeen ?? firstSeen),
    assignee: assignedTo?.name || assignedTo?.email || null,
  } });
  if (cache.size > MAX_KEPT) cache.delete(cache.keys().next().value!);
  return id;
}

function instant(text: string | null | undefined): number | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : at;
}

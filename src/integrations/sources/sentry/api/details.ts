import { faultOf } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Details } from '../../../../core/model/reading.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { PRIORITY } from '../limits/priority-queue.ts';
import { type Client, queuedAs } from './client.ts';
import { createDetailsCache, type DetailsCache } from './details-cache.ts';
import { createLinger, type Linger } from './linger.ts';

export interface Found {
  readonly details: ReadonlyMap<string, Details>;
  readonly gaps: readonly Gap[];
}

/** The issues of one filter. */
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

/** Titles, states and assignees of issues, kept from read to read. */
export interface IssueDetails {
  /** `filters`: how many will call `want` or `skip`. */
  openBatch(filters: number, scope: Scope): DetailsBatch;
}

/** Most groups in one request, and most projects named in it: more are asked for as "all", to keep the URL short. */
const PER_REQUEST = 100;
const MAX_PROJECTS = 40;

export function createDetails(client: Client, clock: Clock): IssueDetails {
  const cache = createDetailsCache(clock.now);
  return {
    openBatch: (filters, scope) => {
      cache.prune();
      const requests = createRequests((ids, projectIds) => fetchDetails({ client, cache }, ids, projectIds, scope));
      return openBatch(filters, cache, requests, createLinger(requests.sendAll, scope.signal, clock));
    },
  };
}

/** Issues wait for those of other filters to share a request with. */
function openBatch(filters: number, cache: DetailsCache, requests: Requests, linger: Linger): DetailsBatch {
  let left = filters;
  const arrive = (): void => {
    left--;
    requests.sendFull();
    if (left === 0) linger.end();
    else if (!requests.isEmpty()) linger.again();
  };
  return {
    skip: arrive,
    async want({ issueIds, projectIds }) {
      const missing = issueIds.filter((id) => !cache.isFresh(id));
      const kept = issueIds.flatMap((id) => cache.get(id) ?? []);
      requests.add(missing, projectIds);
      const over = linger.over();
      arrive();
      if (missing.some(requests.isQueued)) await over;
      const fetched = await Promise.all(new Set(missing.map(requests.answerFor)));
      const known = new Map([...kept, ...fetched.flatMap(({ details }) => details)].map((it) => [it.issueId, it]));
      return found(
        issueIds,
        known,
        fetched.flatMap(({ gaps }) => gaps),
      );
    },
  };
}

/** What one request found. */
interface Fetched {
  readonly details: readonly Details[];
  readonly gaps: readonly Gap[];
}

/** The requests of one read. */
interface Requests {
  /** Queues the issues that no request has asked for. */
  add(ids: readonly string[], projectIds: readonly string[]): void;
  isQueued(id: string): boolean;
  isEmpty(): boolean;
  /** Sends the requests that are full. */
  sendFull(): void;
  sendAll(): void;
  /** Of an issue that was sent. */
  answerFor(id: string): Promise<Fetched>;
}

function createRequests(fetch: (ids: readonly string[], projectIds: readonly string[]) => Promise<Fetched>): Requests {
  const queued = new Set<string>();
  const projects = new Set<string>();
  const sent = new Map<string, Promise<Fetched>>();
  const send = (): void => {
    const ids = [...queued].slice(0, PER_REQUEST);
    const fetched = fetch(ids, [...projects]);
    for (const id of ids) {
      queued.delete(id);
      sent.set(id, fetched);
    }
  };
  return {
    add: (ids, projectIds) => {
      for (const id of projectIds) projects.add(id);
      for (const id of ids) if (!sent.has(id)) queued.add(id);
    },
    isQueued: (id) => queued.has(id),
    isEmpty: () => queued.size === 0,
    sendFull: () => {
      while (queued.size >= PER_REQUEST) send();
    },
    sendAll: () => {
      while (queued.size > 0) send();
    },
    answerFor: (id) => sent.get(id)!,
  };
}

/** `known`: what is known now, also from before. */
function found(issueIds: readonly string[], known: ReadonlyMap<string, Details>, failures: readonly Gap[]): Found {
  const unknown = issueIds.filter((id) => !known.has(id));
  const details = new Map(issueIds.flatMap((id) => (known.has(id) ? [[id, known.get(id)!] as const] : [])));
  if (failures.length > 0 || unknown.length === 0) return { details, gaps: failures.slice(0, 1) };
  const ids = unknown.slice(0, 5).join(', ');
  const detail = `${unknown.length} issues that Sentry no longer shows (deleted or merged): ${ids}`;
  return { details, gaps: [{ part: 'details', reason: 'not_known', detail }] };
}

/** Puts what Sentry knows of the issues into the cache too; gives back a gap when it could not be asked. */
async function fetchDetails(
  { client, cache }: { readonly client: Client; readonly cache: DetailsCache },
  ids: readonly string[],
  projectIds: readonly string[],
  scope: Scope,
): Promise<Fetched> {
  const projects = projectIds.length > MAX_PROJECTS ? ['-1'] : projectIds;
  const params: [string, string][] = [
    ...ids.map((id): [string, string] => ['group', id]),
    ...projects.map((id): [string, string] => ['project', id]),
    ['query', ''],
    ['groupStatsPeriod', ''],
    ['limit', String(PER_REQUEST)],
  ];
  try {
    const { body } = await client.get(client.url('issues'), params, queuedAs(scope, PRIORITY.details));
    if (!Array.isArray(body)) return lost(`${client.name}: the issues are no list`);
    // NOTE: taken from here, not from the cache: that one may drop what others still wait for.
    return { details: body.flatMap((entry) => cache.keep(entry) ?? []), gaps: [] };
  } catch (error) {
    return lost(faultOf(error).message);
  }
}

function lost(detail: string): Fetched {
  return { details: [], gaps: [{ part: 'details', reason: 'not_answered', detail }] };
}

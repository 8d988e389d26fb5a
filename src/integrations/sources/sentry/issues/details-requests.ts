import { faultOf } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Details } from '../../../../core/model/reading.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { PRIORITY } from '../limits/priority-queue.ts';
import { type Client, queuedAs } from '../api/client.ts';
import { type DetailsCache, noIssues } from './details-cache.ts';
import { MAX_URL_BYTES } from '../api/query.ts';

/** What one request found. */
export interface Fetched {
  readonly details: readonly Details[];
  readonly gaps: readonly Gap[];
}

/** The requests of one read for issues as they are in some environments. */
export interface DetailsRequests {
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

/** Most groups in one request, and most projects named in it: more are asked for as "all", to keep the URL short. */
const PER_REQUEST = 100;
const MAX_PROJECTS = 40;

export interface DetailsPlace {
  readonly client: Client;
  /** Of these environments. */
  readonly cache: DetailsCache;
  readonly environments: readonly string[];
}

export function createDetailsRequests(place: DetailsPlace, scope: Scope): DetailsRequests {
  const queued = new Set<string>();
  const projects = new Set<string>();
  const sent = new Map<string, Promise<Fetched>>();
  const send = (): void => {
    const projectIds = projects.size > MAX_PROJECTS ? ['-1'] : [...projects];
    const ids = firstOf([...queued], roomFor(projectIds, place));
    const fetched = fetchDetails(ids, projectIds, place, scope);
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

type Pairs = readonly (readonly [string, string])[];

/** All but the issues. */
function commonParams(projectIds: readonly string[], environments: readonly string[]): Pairs {
  return [
    ...projectIds.map((id): [string, string] => ['project', id]),
    ...environments.map((name): [string, string] => ['environment', name]),
    ['query', ''],
    ['groupStatsPeriod', ''],
    ['limit', String(PER_REQUEST)],
  ];
}

/** Bytes that ids may take in a request. */
function roomFor(projectIds: readonly string[], { client, environments }: DetailsPlace): number {
  const common = new URLSearchParams(commonParams(projectIds, environments).map(([...pair]) => pair));
  return MAX_URL_BYTES - client.url('issues').length - common.toString().length;
}

/** At least one. */
function firstOf(ids: readonly string[], room: number): readonly string[] {
  let bytes = 0;
  const tooMany = ids.findIndex((id, index) => (bytes += id.length + '&group='.length) > room && index > 0);
  return ids.slice(0, Math.min(PER_REQUEST, tooMany < 0 ? ids.length : tooMany));
}

/** Puts what Sentry knows of the issues into the cache too; gives back a gap when it could not be asked. */
async function fetchDetails(
  ids: readonly string[],
  projectIds: readonly string[],
  { client, cache, environments }: DetailsPlace,
  scope: Scope,
): Promise<Fetched> {
  const groups = ids.map((id): [string, string] => ['group', id]);
  const params = [...groups, ...commonParams(projectIds, environments)];
  try {
    const { body } = await client.get(client.url('issues'), params, queuedAs(scope, PRIORITY.details));
    if (!Array.isArray(body)) return lost(`${client.name}: the issues are no list`);
    // NOTE: taken from here, not from the cache: that one may drop what others still wait for.
    const kept = body.map((entry) => cache.keep(entry));
    return { details: kept.filter((it) => it !== null), gaps: noIssues(kept.filter((it) => it === null).length) };
  } catch (error) {
    return lost(faultOf(error).message);
  }
}

function lost(detail: string): Fetched {
  return { details: [], gaps: [{ part: 'details', reason: 'not_answered', detail }] };
}

import type { Gap } from '../../../../core/model/gap.ts';
import type { Details } from '../../../../core/model/reading.ts';
import type { Window } from '../../../../core/model/window.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import type { PublicAddress } from '../api/links.ts';
import { createDetailsStore, type DetailsStore } from './details-cache.ts';
import { createDetailsRequests, type DetailsRequests } from './details-requests.ts';
import { createLinger, type Linger } from './linger.ts';

export interface Found {
  readonly details: ReadonlyMap<string, Details>;
  readonly gaps: readonly Gap[];
}

/** The issues of one filter. */
export interface Wanted {
  /** Those whose state decides something: what is known of them must not be older than the window's end. */
  readonly judged: readonly string[];
  /** Of these what is some minutes old will do. */
  readonly others: readonly string[];
  readonly projectIds: readonly string[];
  /** An issue was first seen in these; empty: in any. */
  readonly environments: readonly string[];
  readonly window: Window;
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

export function createDetails(client: Client, clock: Clock, takes: PublicAddress['takes']): IssueDetails {
  const store = createDetailsStore(clock.now, takes);
  return {
    openBatch: (filters, scope) => {
      store.prune();
      const all = new Map<string, DetailsRequests>();
      const requests: RequestsBySet = {
        in: (environments) => {
          const set = JSON.stringify(environments.toSorted());
          const cache = store.in(environments);
          const found = all.get(set) ?? createDetailsRequests({ client, cache, environments }, scope);
          all.set(set, found);
          return found;
        },
        all: () => [...all.values()],
      };
      const sendAll = (): void => requests.all().forEach((it) => it.sendAll());
      return openBatch(filters, store, requests, createLinger(sendAll, scope.signal, clock));
    },
  };
}

/** Issues of different environments cannot share a request. */
interface RequestsBySet {
  in(environments: readonly string[]): DetailsRequests;
  all(): readonly DetailsRequests[];
}

/** Issues wait for those of other filters to share a request with. */
function openBatch(filters: number, store: DetailsStore, sets: RequestsBySet, linger: Linger): DetailsBatch {
  let left = filters;
  const arrive = (): void => {
    left--;
    for (const requests of sets.all()) requests.sendFull();
    if (left === 0) linger.end();
    else if (sets.all().some((requests) => !requests.isEmpty())) linger.again();
  };
  return {
    skip: arrive,
    async want({ judged, others, projectIds, environments, window }) {
      const [cache, requests] = [store.in(environments), sets.in(environments)];
      const issueIds = [...judged, ...others];
      const missing = [
        ...judged.filter((id) => !cache.isFresh(id, window.end)),
        ...others.filter((id) => !cache.isFresh(id)),
      ];
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

/** `known`: what is known now, also from before. */
function found(issueIds: readonly string[], known: ReadonlyMap<string, Details>, failures: readonly Gap[]): Found {
  const unknown = issueIds.filter((id) => !known.has(id));
  const details = new Map(issueIds.flatMap((id) => (known.has(id) ? [[id, known.get(id)!] as const] : [])));
  if (failures.length > 0 || unknown.length === 0) return { details, gaps: failures.slice(0, 1) };
  const ids = unknown.slice(0, 5).join(', ');
  const detail = `${unknown.length} issues that Sentry no longer shows (deleted or merged): ${ids}`;
  return { details, gaps: [{ part: 'details', reason: 'not_known', detail }] };
}

import type { Window } from '../../../core/model/window.ts';
import type { EventStore, IssueTimes } from '../../../core/ports/events/event-store.ts';
import { MOST } from './most.ts';

/** Issues of one intake, with what their events of a span come to. */
export interface Counted {
  readonly times: readonly IssueTimes[];
  /** By issue; absent: none. */
  readonly events: ReadonlyMap<string, number>;
  /** Null: there are too many events to look at. */
  readonly users: UsersBy | null;
}

/** Distinct users by issue, zeros left out; null: of all issues. What was asked for before is known. */
export type UsersBy = (ids: readonly string[] | null) => Promise<ReadonlyMap<string, number>>;

export interface CountedAsked {
  readonly span: Window;
  /** What they say; absent: whatever. */
  readonly text: string | undefined;
  /** When they began is wanted. */
  readonly first: boolean;
}

export type CountedIssues = (project: string, asked: CountedAsked) => Promise<Counted>;

/** Lists kept: of the pages that are looked at. */
const KEPT = 6;

/** What was counted is kept until the store has another number of events of that span. */
export function countIssues(store: EventStore): CountedIssues {
  const kept = new Map<string, { readonly held: number; readonly counted: Counted }>();
  return async (project, asked) => {
    const key = JSON.stringify([project, asked]);
    const held = await store.held([project], asked.span);
    const old = kept.get(key);
    const counted = old?.held === held ? old.counted : await count(store, project, asked);
    kept.delete(key);
    kept.set(key, { held, counted });
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return counted;
  };
}

async function count(store: EventStore, project: string, { span, text, first }: CountedAsked): Promise<Counted> {
  const times = await store.find({ projects: [project], since: span.start, text, first, limit: MOST.issues });
  const wish = { projects: [project], environments: [], levels: [] };
  const ids = times.map(({ issueId }) => issueId);
  return { times, events: await store.counts(wish, ids, span), users: await usersIn(store, project, span) };
}

/** Pages of issues whose users are known. */
const KEPT_USERS = 20;

async function usersIn(store: EventStore, project: string, span: Window): Promise<UsersBy | null> {
  const kept = { ...span, start: Math.max(span.start, span.end - store.keptMs) };
  if ((await store.held([project], kept)) > MOST.events) return null;
  const known = new Map<string, ReadonlyMap<string, number>>();
  return async (ids) => {
    const key = JSON.stringify(ids);
    const found = known.get(key) ?? (await store.usersBy(project, ids, kept));
    known.set(key, found);
    if (known.size > KEPT_USERS) known.delete(known.keys().next().value!);
    return found;
  };
}

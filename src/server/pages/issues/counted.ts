import { DAY_MS, type Window } from '../../../core/model/window.ts';
import type { EventStore, IssueTimes } from '../../../core/ports/events/event-store.ts';
import { MOST } from './most.ts';

/** Issues of one intake, with what their events of a span come to. */
export interface Counted {
  readonly times: readonly IssueTimes[];
  /** By issue; absent: none. */
  readonly events: ReadonlyMap<string, number>;
  /** Distinct, by issue; null: there are too many events to look at. */
  readonly users: Readonly<Record<string, number>> | null;
}

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
  return { times, events: await eventsIn(store, project, times, span), users: await usersIn(store, project, span) };
}

async function eventsIn(
  store: EventStore,
  project: string,
  times: readonly IssueTimes[],
  span: Window,
): Promise<ReadonlyMap<string, number>> {
  const wish = { projects: [project], environments: [], levels: [] };
  const ids = times.map(({ issueId }) => issueId);
  if (span.end - span.start <= DAY_MS) return store.counts(wish, ids, span);
  const events = new Map<string, number>();
  for (const { issueId, events: more } of await store.days(wish, ids, span))
    events.set(issueId, (events.get(issueId) ?? 0) + more);
  return events;
}

async function usersIn(store: EventStore, project: string, span: Window): Promise<Counted['users']> {
  const start = Math.max(span.start, span.end - store.keptMs);
  if ((await store.held([project], { ...span, start })) > MOST.events) return null;
  const wish = { projects: [project], environments: [], levels: [] };
  return (await store.users(wish, span, 0)).issues;
}

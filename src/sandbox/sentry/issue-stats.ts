import type { State } from '../state.ts';
import type { Issue, SandboxEvent } from '../types.ts';

/** Events of an issue in some span. Times are null when there are none. */
export type IssueStats = { readonly count: number; readonly users: number; readonly first: number | null; readonly last: number | null };

export const NO_EVENTS: IssueStats = { count: 0, users: 0, first: null, last: null };

/** By the id issues have today, merged ones under their target's. */
export function statsByIssue(events: readonly SandboxEvent[], current: (id: string) => string): Map<string, IssueStats> {
  const groups = new Map<string, SandboxEvent[]>();
  for (const event of events) {
    if (event.issueId === null) continue;
    const id = current(event.issueId);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [event]);
    else group.push(event);
  }
  return new Map([...groups].map(([id, group]) => [id, statsOf(group)]));
}

export function statsOf(events: readonly SandboxEvent[]): IssueStats {
  if (events.length === 0) return NO_EVENTS;
  const users = new Set<string>();
  let first = Infinity;
  let last = -Infinity;
  for (const event of events) {
    if (event.user !== null) users.add(event.user);
    first = Math.min(first, event.at);
    last = Math.max(last, event.at);
  }
  return { count: events.length, users: users.size, first, last };
}

/** All time. What the story says of its own issues is an estimate, users above all. */
export function lifetimeOf(state: State, issue: Issue): IssueStats {
  const now = state.clock.now();
  const own = statsOf(state.events.ofIssue(state.issues.aliases(issue.id), now));
  const told = state.story?.lifetime(issue.id, now);
  const count = (told?.count ?? 0) + issue.olderEvents;
  return {
    count: own.count + count,
    users: own.users + Math.ceil(count / 3),
    first: issue.firstSeen ?? own.first,
    last: latest(own.last, told?.last ?? null),
  };
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

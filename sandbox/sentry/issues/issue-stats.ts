import { type Counted, momentOf, type Portion, usersOf } from '../../events/masses.ts';
import type { State } from '../../world/state.ts';
import type { Issue, SandboxEvent } from '../../types.ts';
import { createDistinct } from '../../events/distinct.ts';

/** Events of an issue in some span. Times are null when there are none. */
export type IssueStats = {
  readonly count: number;
  readonly users: number;
  readonly first: number | null;
  readonly last: number | null;
};

export const NO_EVENTS: IssueStats = { count: 0, users: 0, first: null, last: null };

/** By the id issues have today, merged ones under their target's. */
export function statsByIssue({ events, portions }: Counted, current: (id: string) => string): Map<string, IssueStats> {
  const groups = new Map<string, { readonly events: SandboxEvent[]; readonly portions: Portion[] }>();
  const groupOf = (issueId: string): { readonly events: SandboxEvent[]; readonly portions: Portion[] } => {
    const id = current(issueId);
    const group = groups.get(id) ?? { events: [], portions: [] };
    groups.set(id, group);
    return group;
  };
  for (const event of events) if (event.issueId !== null) groupOf(event.issueId).events.push(event);
  for (const portion of portions) groupOf(portion.mass.common.issueId ?? '').portions.push(portion);
  return new Map([...groups].map(([id, group]) => [id, statsOf(group)]));
}

export function statsOf({ events, portions }: Counted): IssueStats {
  if (events.length + portions.length === 0) return NO_EVENTS;
  const users = createDistinct();
  let [count, first, last] = [events.length, Infinity, -Infinity];
  for (const event of events) {
    if (event.user !== null) users.add(event.user);
    first = Math.min(first, event.at);
    last = Math.max(last, event.at);
  }
  for (const portion of portions) {
    count += portion.end - portion.first;
    for (const range of usersOf(portion)) users.addRange(range);
    first = Math.min(first, momentOf(portion.mass, portion.first));
    last = Math.max(last, momentOf(portion.mass, portion.end - 1));
  }
  return { count, users: users.size(), first, last };
}

/** All time. What the story says of its own issues is an estimate, users above all. */
export function lifetimeOf(state: State, issue: Issue): IssueStats {
  const now = state.clock.now();
  const aliases = state.issues.aliases(issue.id);
  const own = statsOf({
    events: state.events.singleOfIssue(aliases, now),
    portions: state.events.portionsOfIssue(aliases, now),
  });
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

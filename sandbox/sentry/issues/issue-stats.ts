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

/**
 * All time. What the story says of its own issues is an estimate, users above all. With environments the first is when
 * an event of theirs first came in, by the server's clock, and the last is of their events; the count is not theirs.
 */
export function lifetimeOf(state: State, issue: Issue, environments?: ReadonlySet<string>): IssueStats {
  const now = state.clock.now();
  const aliases = state.issues.aliases(issue.id);
  const own = statsOf({
    events: state.events.singleOfIssue(aliases, now),
    portions: state.events.portionsOfIssue(aliases, now),
  });
  const told = state.story?.lifetime(issue.id, now);
  const count = (told?.count ?? 0) + issue.olderEvents;
  const all: IssueStats = {
    count: own.count + count,
    users: own.users + Math.ceil(count / 3),
    first: issue.firstSeen ?? own.first,
    last: latest(own.last, told?.last ?? null),
  };
  return environments === undefined ? all : { ...all, ...seenIn(state, issue, environments, all) };
}

/** An issue that is older than what the sandbox holds was always in every environment. */
function seenIn(
  state: State,
  issue: Issue,
  environments: ReadonlySet<string>,
  { last }: IssueStats,
): Pick<IssueStats, 'first' | 'last'> {
  if (issue.firstSeen !== undefined) return { first: issue.firstSeen, last };
  const now = state.clock.now();
  const aliases = state.issues.aliases(issue.id);
  const isIn = ({ environment }: SandboxEvent): boolean => environments.has(environment ?? '');
  const events = state.events.singleOfIssue(aliases, now).filter(isIn);
  const portions = state.events.portionsOfIssue(aliases, now).filter(({ mass }) => isIn(mass.like));
  const stats = statsOf({ events, portions });
  const arrivals = [
    ...events.map(({ arrivedAt }) => arrivedAt),
    ...portions.map((portion) => momentOf(portion.mass, portion.first)),
  ];
  return { first: arrivals.length === 0 ? null : arrivals.reduce((a, b) => Math.min(a, b)), last: stats.last };
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

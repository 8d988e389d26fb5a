import type { CountedEvent } from './counted-event.ts';

/** One issue's events in the window, as far as they were seen. */
export interface IssueTally {
  events: number;
  readonly users: Set<string>;
  /** When the first of them happened, epoch ms. */
  first: number;
  /** Of its newest event. */
  readonly title: string;
  readonly culprit: string | null;
  readonly level: string | null;
}

export interface SplitTally {
  readonly issueId: string;
  readonly tags: Readonly<Record<string, string>>;
  events: number;
}

/** What some events came to. Grows with issues, users and tag values, not with events. */
export interface Counts {
  events: number;
  readonly users: Set<string>;
  readonly issues: Map<string, IssueTally>;
  readonly splits: Map<string, SplitTally>;
}

export function noCounts(): Counts {
  return { events: 0, users: new Set(), issues: new Map(), splits: new Map() };
}

/** `tags`: what to split by; none: no splits. */
export function count(event: CountedEvent, tags: readonly string[], counts: Counts): void {
  counts.events++;
  if (event.user !== null) counts.users.add(event.user);
  if (event.issueId === null) return;
  countIssue(event.issueId, event, counts.issues);
  if (tags.length > 0) countSplit(event.issueId, tags, event, counts.splits);
}

function countIssue(issueId: string, event: CountedEvent, issues: Map<string, IssueTally>): void {
  const issue = issues.get(issueId) ?? {
    events: 0,
    users: new Set<string>(),
    first: Infinity,
    title: event.title,
    culprit: event.culprit,
    level: event.tag('level') || null,
  };
  issue.events++;
  issue.first = Math.min(issue.first, event.at ?? Infinity);
  if (event.user !== null) issue.users.add(event.user);
  issues.set(issueId, issue);
}

function countSplit(
  issueId: string,
  tags: readonly string[],
  event: CountedEvent,
  splits: Map<string, SplitTally>,
): void {
  const values = tags.map((tag): [string, string] => [tag, event.tag(tag)]);
  const key = JSON.stringify([issueId, ...values.map(([, value]) => value)]);
  const split = splits.get(key) ?? {
    issueId,
    tags: Object.fromEntries(values.filter(([, value]) => value !== '')),
    events: 0,
  };
  split.events++;
  splits.set(key, split);
}

function addIssue(to: IssueTally, { events, users, first }: IssueTally): void {
  to.events += events;
  to.first = Math.min(to.first, first);
  for (const user of users) to.users.add(user);
}

/** Adds the counts of other events. */
export function addCounts(to: Counts, { events, users, issues, splits }: Counts): void {
  to.events += events;
  for (const user of users) to.users.add(user);
  for (const [id, issue] of issues) {
    const known = to.issues.get(id);
    if (known === undefined) to.issues.set(id, issue);
    else addIssue(known, issue);
  }
  for (const [key, split] of splits) {
    const known = to.splits.get(key);
    if (known === undefined) to.splits.set(key, split);
    else known.events += split.events;
  }
}

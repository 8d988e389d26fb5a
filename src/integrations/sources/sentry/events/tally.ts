import type { Filter } from '../../../../core/model/filter.ts';
import type { SeenEvent } from './event.ts';
import { matcher } from './match.ts';

/** One issue's events in the window, as far as they were seen. */
export interface IssueTally {
  events: number;
  readonly users: Set<string>;
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

/** What one filter makes of one project's events. Grows with issues, users and tag values, not with events. */
export interface Tally {
  readonly events: number;
  readonly users: ReadonlySet<string>;
  /** Events that the filter would have counted, had they told their level. */
  readonly unlevelled: number;
  readonly issues: ReadonlyMap<string, IssueTally>;
  readonly splits: ReadonlyMap<string, SplitTally>;
  /** Takes an event of the window; each one once, newest first. */
  add(event: SeenEvent): void;
}

export function createTally(filter: Filter): Tally {
  const match = matcher(filter);
  const users = new Set<string>();
  const issues = new Map<string, IssueTally>();
  const splits = new Map<string, SplitTally>();
  let events = 0;
  let unlevelled = 0;
  return {
    users,
    issues,
    splits,
    get events() {
      return events;
    },
    get unlevelled() {
      return unlevelled;
    },
    add(event) {
      const found = match(event);
      if (found === 'unknown') unlevelled++;
      if (found !== 'yes') return;
      events++;
      if (event.user !== null) users.add(event.user);
      if (event.issueId === null) return;
      countIssue(event.issueId, event, issues);
      if (filter.tags.length > 0) countSplit(event.issueId, filter.tags, event, splits);
    },
  };
}

function countIssue(issueId: string, event: SeenEvent, issues: Map<string, IssueTally>): void {
  const issue = issues.get(issueId) ?? {
    events: 0,
    users: new Set<string>(),
    title: event.title,
    culprit: event.culprit,
    level: event.tag('level') || null,
  };
  issue.events++;
  if (event.user !== null) issue.users.add(event.user);
  issues.set(issueId, issue);
}

function countSplit(issueId: string, tags: readonly string[], event: SeenEvent, splits: Map<string, SplitTally>): void {
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

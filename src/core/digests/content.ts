import {
  DIGEST_HOLDS,
  type DigestFilter,
  type DigestHold,
  type DigestIssue,
  type DigestIssues,
  type DigestIssueState,
  type DigestRule,
} from '../model/alerting/digest.ts';
import type { Severity } from '../model/alerting/rule.ts';
import type { Window } from '../model/window.ts';
import type { IssueInSpan, ToldOfFilter } from '../ports/alerting/digest-store.ts';

/** So many issues of a kind are named. */
export const NAMED = 10;

/** An issue of a slot. States are as of the slot's windows; what somebody made of it, as it was seen last. */
function issueOf(issue: IssueInSpan, slot: Window): DigestIssue {
  const { id, project, title, level, url, events, users } = issue;
  return { id, project, title, level, url: url === '' ? null : url, events, users, state: stateOf(issue, slot) };
}

function isIn(at: number | null, { start, end }: Window): boolean {
  return at !== null && at >= start && at < end;
}

function stateOf({ firstSeen, backAt, status, surged }: IssueInSpan, slot: Window): DigestIssueState {
  if (isIn(firstSeen, slot)) return 'new';
  if (isIn(backAt, slot)) return 'regressed';
  if (status === 'archived' || status === 'resolved') return status;
  return surged ? 'surging' : 'ongoing';
}

/** What a filter's issues come to. Undefined: nothing of them was kept; `events`: of its windows. */
export function issuesIn(
  found: readonly IssueInSpan[] | undefined,
  slot: Window,
  events: number,
): Pick<DigestFilter, 'issues' | 'issuesAtLeast' | 'biggest' | 'new' | 'regressed' | 'archived'> {
  const sorted = (found ?? []).toSorted((a, b) => b.events - a.events || (a.id < b.id ? -1 : 1));
  const those = (isOne: (issue: IssueInSpan) => boolean): DigestIssues => {
    const all = sorted.filter(isOne);
    return { count: all.length, first: all.slice(0, NAMED).map((issue) => issueOf(issue, slot)) };
  };
  return {
    issues: sorted.length === 0 && events > 0 ? null : sorted.length,
    issuesAtLeast: sorted.reduce((sum, issue) => sum + issue.events, 0) < events,
    biggest: sorted.slice(0, NAMED).map((issue) => issueOf(issue, slot)),
    new: those(({ firstSeen }) => isIn(firstSeen, slot)),
    regressed: those(({ backAt }) => isIn(backAt, slot)),
    archived: those(({ status }) => status === 'archived'),
  };
}

/** What is said of a rule when it is told of. */
export interface RuleWords {
  readonly sentence: string;
  readonly severity: Severity;
}

/** `rules`: by their identity; one that is there no more has its identity as its sentence. */
export function toldIn(
  all: readonly ToldOfFilter[],
  rules: ReadonlyMap<string, RuleWords>,
): Pick<DigestFilter, 'rules' | 'held'> {
  const isHeld = ({ fate }: ToldOfFilter): boolean => (DIGEST_HOLDS as readonly string[]).includes(fate);
  // Of unknown fate is not the same as not told.
  const told = all.filter((it) => !isHeld(it) || it.fate === 'uncertain');
  const byRule = [...Map.groupBy(told, ({ rule }) => rule)];
  return {
    rules: byRule.map(([rule, some]): DigestRule => {
      const { sentence = rule, severity = 'warning' } = rules.get(rule) ?? {};
      const count = (news: ToldOfFilter['news']): number => alertsIn(some.filter((it) => it.news === news));
      return { rule: sentence, severity, began: count('firing'), ended: count('resolved'), told: count('told') };
    }),
    held: Object.fromEntries(
      DIGEST_HOLDS.flatMap((hold): [DigestHold, number][] => {
        const count = alertsIn(all.filter(({ fate }) => fate === hold));
        return count === 0 ? [] : [[hold, count]];
      }),
    ),
  };
}

function alertsIn(all: readonly ToldOfFilter[]): number {
  return new Set(all.map(({ alertId }) => alertId)).size;
}

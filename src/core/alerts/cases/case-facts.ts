import type { IssueFacts, WindowFacts } from '../../model/alerting/facts.ts';
import type { Rule } from '../../model/alerting/rule.ts';
import { judgeTrend, type Past } from '../../model/trends.ts';
import { HOUR_MS, PERIOD_MS, type Window } from '../../model/window.ts';

type Counts = readonly (number | null)[];

/** Noon of some day: the windows of a case lie within one day, as long as there are not very many. */
const START = Date.UTC(2026, 0, 5, 12);

/** The window of a case, from 0. */
export function caseWindow(index: number): Window {
  return { start: START + index * PERIOD_MS, end: START + (index + 1) * PERIOD_MS };
}

/** What is known of each window of a case; null where it was not counted. */
export function caseFacts(rule: Rule, counts: Counts): readonly (WindowFacts | null)[] {
  const first = counts.findIndex((it) => (it ?? 0) > 0);
  return counts.map((events, index) => {
    if (events === null) return null;
    const issue: IssueFacts = {
      id: 'case',
      project: rule.filter,
      events,
      users: events,
      title: rule.condition.kind === 'title' ? rule.condition.text : 'case',
      culprit: null,
      level: null,
      firstSeen: rule.condition.kind === 'new' ? caseWindow(first).start : 0,
      url: '',
      isNew: index === first,
      isBack: events > 0 && (counts[index - 1] ?? 0) === 0,
      ...trendIn(counts, index),
    };
    return {
      filter: rule.filter,
      window: caseWindow(index),
      revision: 0,
      complete: true,
      lacks: [],
      silent: false,
      events,
      users: events,
      usersAtLeast: false,
      spans: spansIn(rule, counts, index),
      issues: events > 0 ? [issue] : [],
    };
  });
}

/** Of an issue that is older than the case, by those of its windows that lie in the hour before. */
function trendIn(counts: Counts, index: number): Pick<IssueFacts, 'trending' | 'score' | 'expected'> {
  const window = caseWindow(index);
  const before = counts.slice(Math.max(0, index - HOUR_MS / PERIOD_MS), index).filter((it) => it !== null);
  const hour: Past | null =
    before.length === 0
      ? null
      : {
          span: { start: window.start - before.length * PERIOD_MS, end: window.start },
          events: before.reduce((sum, it) => sum + it, 0),
        };
  const { trending, score, expected } = judgeTrend({
    events: counts[index] ?? 0,
    window,
    firstSeen: 0,
    firstSeenBy: 'event',
    regressed: false,
    returns: null,
    hour,
    earlier: [],
  });
  return { trending, score, expected };
}

/** Every event of a case has a user of its own, so that they can be added up. */
function spansIn({ condition }: Rule, counts: Counts, index: number): WindowFacts['spans'] {
  if (condition.kind !== 'users' || condition.spanMs <= PERIOD_MS) return [];
  const some = counts.slice(Math.max(0, index + 1 - condition.spanMs / PERIOD_MS), index + 1);
  const users = some.reduce<number>((sum, it) => sum + (it ?? 0), 0);
  return [{ spanMs: condition.spanMs, users, issues: { case: users }, issuesAbove: null }];
}

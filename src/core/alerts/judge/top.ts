import type { Subject } from '../../model/alerting/alert.ts';
import type { IssueFacts } from '../../model/alerting/facts.ts';
import { DAY_MS, type Window } from '../../model/window.ts';
import type { IssueSum } from '../../ports/alerting/alert-store.ts';
import { isExcepted } from './parts/except.ts';
import type { Judgement, Kind, Moment, RuleOf } from './kind.ts';
import { hasAll, isEnough, issueSubject, not, unknown } from './parts/subjects.ts';
import { countText, spanText } from './parts/words.ts';

/**
 * Among the issues with most events since a day, and with more than so many. What is excepted is taken out before they
 * are ranked.
 */
export const top: Kind<'top'> = {
  needs: (rule, window) => ({ totals: [], sums: [topSpan(rule, window)] }),
  ids: (rule, moment) => ranked(rule, moment).map(({ id }) => id),
  judge(rule, moment) {
    const span = topSpan(rule, moment.window);
    const places = new Map(ranked(rule, moment).map(({ id }, index) => [id, index + 1]));
    return (id) => {
      const value = moment.past.sums(span).get(id)?.events ?? 0;
      return judge(rule, moment, issueSubject(id, moment), { span, value, place: places.get(id) ?? null });
    };
  },
  endsWhen: () => null,
};

interface Place {
  readonly span: Window;
  readonly value: number;
  /** 1 for the first; null: not among those that are named. */
  readonly place: number | null;
}

function judge(rule: RuleOf<'top'>, moment: Moment, subject: Subject, { span, value, place }: Place): Judgement {
  const { first, above: limit } = rule.condition;
  const numbers = { value, limit };
  const count = `${countText(value, 'event')} in ${spanText(span)}`;
  if (!hasAll(moment, 'issues')) return { ...unknown(subject, `${count}; the window has gaps`), ...numbers };
  if (!isEnough(rule, moment.issues.get(subject.id)?.events ?? 0))
    return not(subject, `${count}; fewer than ${rule.min} in the window`, numbers);
  if (place === null) return not(subject, `${count} (limit ${limit}), not among the first ${first}`, numbers);
  const why = `${count}: place ${place} of ${first} (limit ${limit})`;
  return { subject, holds: true, ...numbers, expected: null, atLeast: false, why };
}

/** From so many days before the window's own UTC day up to its end. */
export function topSpan({ condition: { spanMs } }: RuleOf<'top'>, { start, end }: Window): Window {
  return { start: Math.floor(start / DAY_MS) * DAY_MS - spanMs, end };
}

/** Most events first; those with as many by their id, so that every server has the same. */
export function byEvents(sums: Iterable<IssueSum>, above: number): readonly IssueSum[] {
  return [...sums].filter(({ events }) => events > above).sort((a, b) => b.events - a.events || (a.id < b.id ? -1 : 1));
}

/** The first ones that are not excepted. An issue of which nothing is known keeps its place. */
function ranked(rule: RuleOf<'top'>, moment: Moment): readonly IssueSum[] {
  const { first, above } = rule.condition;
  const span = topSpan(rule, moment.window);
  const kept: IssueSum[] = [];
  for (const sum of byEvents(moment.past.sums(span).values(), above)) {
    if (kept.length === first) break;
    const issue: IssueFacts | undefined = moment.past.issue(sum.id) ?? moment.issues.get(sum.id);
    if (issue === undefined || isExcepted(rule, issue) !== true) kept.push(sum);
  }
  return kept;
}

import type { SpanUsers } from '../../model/alerting/span-users.ts';
import { type Count, judgeCount } from './parts/counts.ts';
import type { Kind, Moment, RuleOf } from './kind.ts';
import { hasSpan, isWhole, spanNeeds, spanTo } from './parts/spans.ts';
import { hasAll } from './parts/subjects.ts';
import { rowText, spanText } from './parts/words.ts';

/**
 * More than so many distinct users, of the filter or of an issue. Where nobody counted them at once over the span, the
 * most that one window and project have is a lower bound: that is enough to begin, and, so that it ever ends, also to
 * end once all of the span was counted.
 */
export const users: Kind<'users'> = {
  needs: spanNeeds,
  ids: issuesIn,
  mayHold: (rule, issue) => hasSpan(rule) || issue.users > rule.condition.above,
  judge(rule, moment) {
    const count = rule.each === 'issue' ? ofIssue(rule, moment) : ofFilter(rule, moment);
    return (id) => judgeCount(rule, moment, id, count(id));
  },
  endsWhen: ({ clear, condition: { above } }) => `${rowText(clear)} with at most ${above} users`,
};

function ofFilter(rule: RuleOf<'users'>, moment: Moment): () => Count {
  const { facts, window, past } = moment;
  const span = spanTo(window, rule.condition.spanMs);
  const common = { what: 'user', over: spanText(span) } as const;
  const atOnce = atOnceIn(rule, moment)?.users ?? null;
  if (atOnce !== null) return () => ({ ...common, value: atOnce, isWhole: hasAll(moment, 'totals') });
  const before = { start: span.start, end: window.start };
  const earlier = hasSpan(rule) ? past.totals(before).map((total) => total.users) : [];
  const value = Math.max(facts?.users ?? 0, ...earlier);
  const mayBeMore = hasSpan(rule) || facts?.usersAtLeast === true;
  const count: Count = { ...common, value, isWhole: isWhole(moment, span, 'totals'), mayBeMore };
  return () => count;
}

function ofIssue(rule: RuleOf<'users'>, moment: Moment): (id: string) => Count {
  const { above, spanMs } = rule.condition;
  const span = spanTo(moment.window, spanMs);
  const atOnce = hasSpan(rule) ? atOnceIn(rule, moment) : undefined;
  const rows = hasSpan(rule) ? moment.past.sums(span) : moment.issues;
  const over = spanText(span);
  const isKnown = hasAll(moment, 'issues');
  const isAll = isWhole(moment, span, 'issues');
  const isNotAbove = atOnce !== undefined && atOnce.issuesAbove !== null && atOnce.issuesAbove <= above;
  return (id) => {
    // NOTE: an id may be the name of something that every object has.
    const exact = atOnce !== undefined && Object.hasOwn(atOnce.issues, id) ? atOnce.issues[id] : undefined;
    if (exact !== undefined) return { what: 'user', value: exact, over, isWhole: isKnown };
    const value = rows.get(id)?.users ?? 0;
    if (isNotAbove)
      return { what: 'user', value: Math.min(value, above), over, isWhole: isKnown, mayBeMore: value > 0 };
    return { what: 'user', value, over, isWhole: isAll, mayBeMore: hasSpan(rule) && value > 0 };
  };
}

/** Issues of the span, and those that the source counted users of. */
function issuesIn(rule: RuleOf<'users'>, moment: Moment): Iterable<string> {
  if (!hasSpan(rule)) return moment.issues.keys();
  const sums = moment.past.sums(spanTo(moment.window, rule.condition.spanMs));
  return new Set([...sums.keys(), ...Object.keys(atOnceIn(rule, moment)?.issues ?? {})]);
}

/** What the source counted at once over the whole span. */
function atOnceIn({ condition: { spanMs } }: RuleOf<'users'>, { facts }: Moment): SpanUsers | undefined {
  return facts?.spans.find((it) => it.spanMs === spanMs);
}

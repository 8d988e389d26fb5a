import { type Count, judgeCount } from './parts/counts.ts';
import type { Kind, Moment, RuleOf } from './kind.ts';
import { hasSpan, isWhole, spanNeeds, spanTo } from './parts/spans.ts';
import { rowText, spanText } from './parts/words.ts';

/** More than so many events, of the filter or of an issue. */
export const events: Kind<'events'> = {
  needs: spanNeeds,
  ids: (rule, moment) =>
    (hasSpan(rule) ? moment.past.sums(spanTo(moment.window, rule.condition.spanMs)) : moment.issues).keys(),
  mayHold: (rule, issue) => hasSpan(rule) || issue.events > rule.condition.above,
  judge(rule, moment) {
    const count = rule.each === 'issue' ? ofIssue(rule, moment) : ofFilter(rule, moment);
    return (id) => judgeCount(rule, moment, id, count(id));
  },
  endsWhen: ({ clear, condition: { above } }) => `${rowText(clear)} with at most ${above} events`,
};

function ofFilter(rule: RuleOf<'events'>, moment: Moment): () => Count {
  const span = spanTo(moment.window, rule.condition.spanMs);
  const before = { start: span.start, end: moment.window.start };
  const earlier = hasSpan(rule) ? moment.past.totals(before).reduce((sum, total) => sum + total.events, 0) : 0;
  const value = earlier + (moment.facts?.events ?? 0);
  const count: Count = { what: 'event', value, over: spanText(span), isWhole: isWhole(moment, span, 'totals') };
  return () => count;
}

function ofIssue(rule: RuleOf<'events'>, moment: Moment): (id: string) => Count {
  const span = spanTo(moment.window, rule.condition.spanMs);
  const rows = hasSpan(rule) ? moment.past.sums(span) : moment.issues;
  const all = { what: 'event', over: spanText(span), isWhole: isWhole(moment, span, 'issues') } as const;
  return (id) => ({ ...all, value: rows.get(id)?.events ?? 0 });
}

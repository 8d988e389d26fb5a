import type { GapPart } from '../../../model/gap.ts';
import { PERIOD_MS, type Window } from '../../../model/window.ts';
import type { Moment, Needs, RuleOf } from '../kind.ts';
import { hasAll } from './subjects.ts';

type Counting = RuleOf<'events' | 'users'>;

/** Whether the sentence counts over more than the window itself. */
export function hasSpan({ condition }: Counting): boolean {
  return condition.spanMs > PERIOD_MS;
}

/** The span of this length, ms, that ends with the window. */
export function spanTo({ end }: Window, spanMs: number): Window {
  return { start: end - spanMs, end };
}

/** The past that a count over a span takes: totals, and of each issue sums as well. */
export function spanNeeds(rule: Counting, window: Window): Needs {
  const spans = hasSpan(rule) ? [spanTo(window, rule.condition.spanMs)] : [];
  return { totals: spans, sums: rule.each === 'issue' ? spans : [] };
}

/** Whether all windows of the span were counted, and none lacks this part. */
export function isWhole(moment: Moment, span: Window, part: GapPart): boolean {
  if (!hasAll(moment, part)) return false;
  const before = { start: span.start, end: moment.window.start };
  const counted = moment.past.totals(before).filter(({ lacks }) => !lacks.includes(part));
  return counted.length === (before.end - before.start) / PERIOD_MS;
}

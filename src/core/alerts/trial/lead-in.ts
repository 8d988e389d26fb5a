import type { Filter } from '../../model/filter.ts';
import { BY_WINDOW_MS, type Rule } from '../../model/alerting/rule.ts';
import { PERIOD_MS, type Window } from '../../model/window.ts';

/**
 * The span with as much before it as these rules look back at, or count windows in a row, so that they know in its
 * first window what they would have known. Of `top` only the days of the span are counted.
 */
export function withLeadIn({ start, end }: Window, filters: readonly Filter[]): Window {
  const rules = filters.flatMap(({ alerts = [] }) => alerts);
  const lead = rules.reduce((most, rule) => Math.max(most, leadOf(rule)), 0);
  return { start: start - Math.min(lead, BY_WINDOW_MS), end };
}

function leadOf({ condition, hold, clear }: Rule): number {
  const looksBack = condition.kind !== 'top' && 'spanMs' in condition ? condition.spanMs : PERIOD_MS;
  return looksBack + (hold + clear) * PERIOD_MS;
}

import type { WindowFacts } from '../../model/alerting/facts.ts';
import type { Rule } from '../../model/alerting/rule.ts';
import type { Filter } from '../../model/filter.ts';
import type { GapPart } from '../../model/gap.ts';
import { PERIOD_MS, type Window } from '../../model/window.ts';
import type { AlertStore, WindowTotal } from '../../ports/alerting/alert-store.ts';

/** What a ledger kept of a filter. */
export interface KeptHistory {
  /** In order. Windows whose issues are no longer kept say so by what they lack. */
  readonly facts: readonly WindowFacts[];
  /** Start of the first window from which on all is kept that the filter's rules need; null: nothing is. */
  readonly from: number | null;
}

/** Reads a filter's windows that start in the span, as they were counted last. */
export async function keptHistory(filter: Filter, span: Window, alerts: AlertStore): Promise<KeptHistory> {
  const ask = { filter: filter.name, from: span.start, to: span.end };
  const [whole, totals] = await alerts.look(async (trx) => [
    (await trx.facts([ask])).get(filter.name) ?? [],
    (await trx.totals([ask])).get(filter.name) ?? [],
  ]);
  const known = new Map(whole.map((it) => [it.window.start, it]));
  const facts = totals.map((total) => known.get(total.start) ?? factsOfTotal(filter, total));
  const isLost = ({ events, window: { start } }: WindowFacts): boolean => events > 0 && !known.has(start);
  const lost = (filter.alerts ?? []).some(isAboutIssues) ? facts.findLast(isLost) : undefined;
  const from = lost === undefined ? (facts[0]?.window.start ?? null) : lost.window.start + PERIOD_MS;
  return { facts, from };
}

/** Whether a rule needs the issues of each window. */
export function isAboutIssues({ each }: Pick<Rule, 'each'>): boolean {
  return each === 'issue';
}

const OF_ISSUES: readonly GapPart[] = ['issues', 'details', 'baselines'];

/** Where there was no event, there was no issue either. */
function factsOfTotal({ name, projects }: Filter, { start, lacks, ...total }: WindowTotal): WindowFacts {
  return {
    filter: name,
    window: { start, end: start + PERIOD_MS },
    revision: 0,
    ...total,
    lacks: total.events === 0 ? lacks : [...new Set([...lacks, ...OF_ISSUES])],
    usersAtLeast: projects.length > 1,
    spans: [],
    issues: [],
  };
}

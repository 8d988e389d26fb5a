import type { Rule } from '../../model/alerting/rule.ts';
import type { FilterHead } from '../../ports/alerting/alert-store.ts';
import type { DecideDeps, FreshWindow } from './ask.ts';
import type { Task } from './plan.ts';

/** What is to be decided by filter. Of a window that is given twice the last one counts. */
export function tasksOf(
  all: readonly FreshWindow[],
  heads: ReadonlyMap<string, FilterHead>,
  { frozen }: Pick<DecideDeps, 'frozen'>,
): readonly Task[] {
  return [...Map.groupBy(all, ({ filter }) => filter.name)].map(([filter, some]) => ({
    filter,
    rules: some.at(-1)!.filter.alerts ?? [],
    head: heads.get(filter) ?? null,
    fresh: [...new Map(some.map((it) => [it.facts.window.start, it])).values()].sort(byStart),
    frozen: frozen?.(filter) ?? [],
  }));
}

function byStart(a: FreshWindow, b: FreshWindow): number {
  return a.facts.window.start - b.facts.window.start;
}

/** Another server decided last, by other rules of newer files. */
export function isOutdated({ head, rules }: Pick<Task, 'head' | 'rules'>, loadedAt: number): boolean {
  return head !== null && head.loadedAt > loadedAt && head.print !== printOf(rules);
}

/** Tells rules apart, wherever they stand. */
export function printOf(rules: readonly Rule[]): string {
  return JSON.stringify(rules.map(({ where: _where, cases: _cases, ...rule }) => rule));
}

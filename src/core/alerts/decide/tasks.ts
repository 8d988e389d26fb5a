import { isState, type Rule } from '../../model/alerting/rule.ts';
import type { FilterHead } from '../../ports/alerting/alert-store.ts';
import type { FreshWindow } from './ask.ts';
import type { Task } from './plan.ts';
import { REPLAY_MS } from './replay.ts';

/**
 * What is to be decided, in passes that have each filter once: first what changes states, then windows that are too old
 * for that, one in each pass. Of a window that is given twice the last one counts.
 */
export function passesOf(
  all: readonly FreshWindow[],
  heads: ReadonlyMap<string, FilterHead>,
): readonly (readonly Task[])[] {
  const passes: Task[][] = [[]];
  for (const [filter, some] of Map.groupBy(all, (it) => it.filter.name)) {
    const { alerts: rules = [], frozen = [] } = some.at(-1)!.filter;
    const task = { filter, rules, head: heads.get(filter) ?? null, frozen, isAged: false };
    const fresh = [...new Map(some.map((it) => [it.facts.window.start, it])).values()].sort(byStart);
    const [aged, others] = [fresh.filter((it) => isAged(it, task)), fresh.filter((it) => !isAged(it, task))];
    if (others.length > 0) passes[0]!.push({ ...task, fresh: others });
    const once = rules.filter(({ condition }) => !isState(condition));
    for (const [index, it] of aged.entries())
      (passes[index + 1] ??= []).push({ ...task, rules: once, fresh: [it], isAged: true });
  }
  return passes.filter(({ length }) => length > 0);
}

function isAged({ facts }: FreshWindow, { head }: Pick<Task, 'head'>): boolean {
  return head !== null && head.newest !== null && facts.window.start < head.newest - REPLAY_MS;
}

function byStart(a: FreshWindow, b: FreshWindow): number {
  return a.facts.window.start - b.facts.window.start;
}

/** Another server decided last, by other rules of newer files. */
export function isOutdated(head: FilterHead | undefined, rules: readonly Rule[], loadedAt: number): boolean {
  return head !== undefined && head.loadedAt > loadedAt && head.print !== printOf(rules);
}

/** Tells rules apart, wherever they stand. */
export function printOf(rules: readonly Rule[]): string {
  return JSON.stringify(rules.map(({ where: _where, cases: _cases, ...rule }) => rule));
}

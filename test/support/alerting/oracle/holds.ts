import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import type { GapPart } from '../../../../src/core/model/gap.ts';
import { PERIOD, type World } from './world.ts';

/** Windows from the first one that was counted to the last one, those between that were not included. */
export function counted(all: World): readonly number[] {
  let [first, last] = [-1, -1];
  for (let window = 0; window < all.length; window++)
    if (all[window]!.lacks !== null) {
      if (first < 0) first = window;
      last = window;
    }
  const windows: number[] = [];
  if (first >= 0) for (let window = first; window <= last; window++) windows.push(window);
  return windows;
}

/** Whether that part of the window was counted. */
export function has(all: World, window: number, part: GapPart): boolean {
  const one = all[window];
  if (one === undefined || one.lacks === null || one.lacks.includes(part)) return false;
  return part !== 'totals' || !isSilent(all, window);
}

function isSilent(all: World, window: number): boolean {
  return all[window]!.isSilent && total(all, window) === 0;
}

function total(all: World, window: number): number {
  let sum = 0;
  for (const events of all[window]!.events) sum += events;
  return sum;
}

/** Whether a state holds in the window; null: nobody can tell. `issue`: null: of the filter. */
export function holdsFor(all: World, rule: Rule, issue: number | null, window: number): boolean | null {
  const { condition } = rule;
  const one = all[window]!;
  const isCounted = one.lacks !== null;
  if (condition.kind === 'incomplete') return !(has(all, window, 'totals') && has(all, window, 'issues'));
  if (condition.kind === 'none') return has(all, window, 'totals') ? total(all, window) === 0 : null;
  if (condition.kind === 'trending') {
    const events = isCounted ? one.events[issue!]! : 0;
    if (events === 0) return has(all, window, 'issues') ? false : null;
    if (events < rule.min) return false;
    if (!one.trends[issue!]) return has(all, window, 'baselines') ? false : null;
    return condition.score === null || one.score >= condition.score;
  }
  if (condition.kind !== 'events' && condition.kind !== 'users') throw new Error(condition.kind);
  const part = issue === null ? 'totals' : 'issues';
  let [sum, isWhole] = [0, true];
  for (let back = 0; back < condition.spanMs / PERIOD; back++) {
    const of = all[window - back];
    if (of !== undefined && of.lacks !== null) sum += issue === null ? total(all, window - back) : of.events[issue]!;
    if (!has(all, window - back, part)) isWhole = false;
  }
  // Of an issue the source counts one user here, and of the filter as many as events.
  const value = condition.kind === 'users' && issue !== null ? Math.min(sum, 1) : sum;
  if (value <= condition.above) return isWhole ? false : null;
  const inWindow = issue === null || !isCounted ? 0 : one.events[issue]!;
  return issue === null || inWindow >= rule.min;
}

import type { Rule } from '../../model/alerting/rule.ts';
import { HOUR_MS, PERIOD_MS } from '../../model/window.ts';
import type { SubjectState } from './state.ts';

/** How many windows in a row make a state begin and end. */
export interface Limits {
  readonly hold: number;
  readonly clear: number;
}

/** So many changes within an hour are too many to be told each. */
export const UNSTEADY = 6;

/** `none` and `incomplete` last for as long as they say before they begin, and one window ends them. */
export function limitsOf({ condition, hold, clear }: Rule): Limits {
  if (condition.kind !== 'none' && condition.kind !== 'incomplete') return { hold, clear };
  return { hold: Math.ceil(condition.spanMs / PERIOD_MS) + hold - 1, clear: 1 };
}

/** One window further. What cannot be told breaks every row, and neither begins nor ends anything. */
export function step(before: SubjectState, start: number, holds: boolean | null, limits: Limits): SubjectState {
  const changes = before.changes.filter((at) => at > start - HOUR_MS);
  if (holds === null) return { ...before, changes, over: 0, since: null, quiet: 0 };
  if (!holds) {
    const quiet = before.isOn ? before.quiet + 1 : 0;
    const row = { ...before, changes, over: 0, since: null, quiet };
    return before.isOn && quiet >= limits.clear ? switched(row, start) : row;
  }
  const over = Math.min(before.over + 1, limits.hold);
  const row = { ...before, changes, over, since: before.since ?? start, quiet: 0 };
  return !before.isOn && over >= limits.hold ? switched(row, start) : row;
}

/** Begun or ended in the window that starts then. */
export function switched(row: SubjectState, start: number): SubjectState {
  return { ...row, isOn: !row.isOn, changes: [...row.changes, start] };
}

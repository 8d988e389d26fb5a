import type { Limits } from '../../model/alerting/limits.ts';
import { HOUR_MS } from '../../model/window.ts';
import type { SubjectState } from './state.ts';

/** So many changes within an hour are too many to be told each. */
export const UNSTEADY = 6;

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

import type { LocalDay } from '../../model/people/sheet.ts';
import { addDays } from '../../schedules/days.ts';
import { daysBetween } from '../../schedules/local-days.ts';
import { type EventDay, isOn } from '../../schedules/on-days.ts';
import type { Duty, DutyRow } from './read-duties.ts';

/** A task as rules name it: `slack-github` of `Slack / GitHub`. */
export function taskName(task: string): string {
  return task
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

/**
 * The turns that begin on a day, in the order of the sheet. Of a task with a row for just that day, this stands for
 * all of the others. `events`: of the calendar that intervals speak of.
 */
export function dutiesOn(rows: readonly DutyRow[], day: LocalDay, events: readonly EventDay[]): readonly Duty[] {
  const set = new Set(rows.filter(({ from }) => from === day).map(({ task }) => taskName(task)));
  return rows.filter(({ task, on, from }) =>
    from === null ? !set.has(taskName(task)) && isOn(on, day, events) : from === day,
  );
}

/**
 * Whose turn a task is on a day, whenever that turn began; nobody: no row has it, or not yet. A row with a day counts
 * from then on until the next turn of its task.
 */
export function holdersOf(
  rows: readonly DutyRow[],
  task: string,
  day: LocalDay,
  events: readonly EventDay[],
): readonly Duty[] {
  const own = rows.filter((row) => taskName(row.task) === task);
  const regular = own.filter(({ from }) => from === null);
  const begun = own.flatMap(({ from }) => (from !== null && from <= day ? [from] : []));
  const last = begun.toSorted().at(-1);
  if (last === undefined) return regular;
  const after = [...daysBetween(addDays(last, 1), day)];
  const isOver = regular.some(({ on }) => on !== null && after.some((it) => isOn(on, it, events)));
  return isOver ? regular : own.filter(({ from }) => from === last);
}

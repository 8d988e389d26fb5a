import { DUTY } from '../../core/model/reminders/reminder-plan.ts';
import type { FilterSet } from '../filters/set/assemble.ts';

/** Whether it means whose turn something is. What tasks there are, the sheets say. */
export function isDuty(name: string, { files }: Pick<FilterSet, 'files'>): boolean {
  if (!name.startsWith(DUTY) || name.length === DUTY.length) return false;
  return files.some(({ reminders }) => reminders.some(({ named }) => named.duty.length > 0));
}

import type { LocalDay } from '../../model/people/sheet.ts';
import type { ReminderPlan } from '../../model/reminders/reminder-plan.ts';
import { isOn } from '../../schedules/on-days.ts';
import { remindBirthdays } from './birthdays.ts';
import { NOTHING, type Reminded } from './reminded.ts';
import { forAll, type Given } from './to-whom.ts';

/** What a reminder tells whom on days that came since it told last, the oldest first. A text comes once of them all. */
export function remindDays(plan: ReminderPlan, days: readonly LocalDay[], given: Given): readonly Reminded[] {
  const all = days.map((day) => remind(plan, day, given));
  if (plan.what.kind !== 'text') return all;
  const last = all.findLastIndex(({ tell }) => tell.length > 0);
  const missed = days.filter((_, index) => index < last && all[index]!.tell.length > 0);
  return all.map((made, index) => (index === last ? { ...made, missed } : NOTHING));
}

/** On one day: a pure function of what is known. */
export function remind(plan: ReminderPlan, day: LocalDay, given: Given): Reminded {
  const { what } = plan;
  switch (what.kind) {
    case 'birthday':
      return remindBirthdays(plan, what.wish, day, given);
    case 'text':
      return isOn(what.on, day, []) ? forAll(plan, [what.text], [], given) : NOTHING;
  }
  return NOTHING;
}

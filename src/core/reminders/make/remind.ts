import type { LocalDay } from '../../model/people/sheet.ts';
import type { ReminderPlan } from '../../model/reminders/reminder-plan.ts';
import { isOn } from '../../schedules/on-days.ts';
import { dutiesOn, taskName } from '../duties/turns.ts';
import { eventDays } from '../events/event-days.ts';
import type { Facts } from '../facts/facts.ts';
import { remindBirthdays } from './birthdays.ts';
import { remindDuties } from './duties.ts';
import { remindEvents } from './events.ts';
import { NOTHING, type Reminded } from './reminded.ts';
import { forAll, type Given } from './to-whom.ts';

/** What is known, and when it is: epoch ms. */
export interface Known extends Facts {
  readonly now: number;
}

/**
 * What a reminder tells whom on days that came since it told last, the oldest first: a pure function of what is known.
 * A text comes once of them all, and a duty by its newest turn.
 */
export function remindDays(
  plan: ReminderPlan,
  days: readonly LocalDay[],
  known: Known,
  given: Given,
): readonly Reminded[] {
  const all = days.map((day, index) =>
    withAge(remind(plan, day, { ...known, later: days.slice(index + 1) }, given), known),
  );
  if (plan.what.kind !== 'text') return all;
  const isDue = ({ tell, faults }: Reminded): boolean => tell.length + faults.length > 0;
  const last = all.findLastIndex(isDue);
  const missed = days.filter((_, index) => index < last && isDue(all[index]!));
  return all.map((made, index) => (index === last ? { ...made, missed } : NOTHING));
}

interface OnDay extends Known {
  /** Days that come as well. */
  readonly later: readonly LocalDay[];
}

function remind(plan: ReminderPlan, day: LocalDay, known: OnDay, given: Given): Reminded {
  const { what, at } = plan;
  switch (what.kind) {
    case 'birthday':
      return remindBirthdays(plan, what.wish, day, given);
    case 'text':
      return isOn(what.on, day, eventDays(known.agenda, at.zone)) ? forAll(plan, [what.text], {}, given) : NOTHING;
    case 'event':
      return remindEvents(plan, what, { ...known, day }, given);
    case 'duty':
      return remindTurns(plan, day, known, given);
  }
}

function remindTurns(plan: ReminderPlan, day: LocalDay, { duties, agenda, later }: OnDay, given: Given): Reminded {
  const { rows } = duties!;
  const events = eventDays(agenda, plan.at.zone);
  const again = new Set(later.flatMap((it) => dutiesOn(rows, it, events).map(({ task }) => taskName(task))));
  const due = rows.filter(({ task }) => !again.has(taskName(task)));
  return remindDuties(plan, { rows: due }, { day, events }, given);
}

/** Who is told by a sheet that is old, is told that it is. */
function withAge({ tell, ...made }: Reminded, { old }: Facts): Reminded {
  return { ...made, tell: tell.map((it) => ({ ...it, lines: [...it.lines, ...old] })) };
}

import type { LocalDay } from '../../model/people/sheet.ts';
import type { ReminderPlan } from '../../model/reminders/reminder-plan.ts';
import { bornOn } from '../people/birthdays.ts';
import { channelOf } from '../people/reach.ts';
import { joined, type Reminded, type ToTell } from './reminded.ts';
import { forAll, type Given } from './to-whom.ts';

/** A wish to each whose birthday it is; to the others a line that says so. */
export function remindBirthdays(plan: ReminderPlan, wish: string, day: LocalDay, given: Given): Reminded {
  const born = bornOn(given.people, day);
  const all = born.map((person): Reminded => {
    const channel = channelOf(person, given);
    const own: readonly ToTell[] = channel === undefined ? [] : [{ channel, who: person.name, lines: [wish] }];
    const line = `It is the birthday of ${person.name}.`;
    const rest = forAll(plan, [line], { except: person }, given);
    const lack = channel === undefined ? [`${person.name} gets no wish for the birthday: there is no channel`] : [];
    return { tell: [...own, ...rest.tell], faults: [...lack, ...rest.faults] };
  });
  return { tell: joined(all.flatMap(({ tell }) => tell)), faults: all.flatMap(({ faults }) => faults) };
}

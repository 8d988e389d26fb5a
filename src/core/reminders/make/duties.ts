import type { LocalDay } from '../../model/people/sheet.ts';
import type { ReminderPlan } from '../../model/reminders/reminder-plan.ts';
import type { EventDay } from '../../schedules/on-days.ts';
import type { Duties, Duty } from '../duties/read-duties.ts';
import { dutiesOn } from '../duties/turns.ts';
import { findPerson } from '../people/find-person.ts';
import { reachOf } from '../people/reach.ts';
import { joined, type Reminded, type ToTell } from './reminded.ts';
import type { Given } from './to-whom.ts';

/** Each duty to those whose turn it is; channels hear of all of them. */
export function remindDuties(
  { tell }: Pick<ReminderPlan, 'tell'>,
  { rows }: Pick<Duties, 'rows'>,
  { day, events }: { readonly day: LocalDay; readonly events: readonly EventDay[] },
  given: Given,
): Reminded {
  const all = dutiesOn(rows, day, events);
  const made = all.map((duty) => remindDuty(duty, given));
  const lines = all.map((duty) => `${titleOf(duty)}: ${wholeNames(duty.main, given)}${backupOf(duty, given)}`);
  const shared = all.length === 0 ? [] : tell.map((channel): ToTell => ({ channel, who: null, lines }));
  return { tell: joined([...made.flatMap((it) => it.tell), ...shared]), faults: made.flatMap(({ faults }) => faults) };
}

function remindDuty(duty: Duty, given: Given): Reminded {
  const { reached, faults, unreached } = reachOf(duty.main, duty.backup, given);
  const title = titleOf(duty);
  const own = reached.map(({ person, channel }): ToTell => {
    const isMain = duty.main.some((name) => isCalled(person.key, name, given));
    const rest = isMain ? backupOf(duty, given) : `, in place of ${wholeNames(duty.main, given)}`;
    return { channel, who: person.name, lines: [`It is your turn: ${title}${rest}.`] };
  });
  const nobody = unreached.map((name) => `${title}: it is the turn of ${name}, whom no channel reaches, and no backup`);
  const who = own.length === 0 ? 'nobody' : 'not everybody';
  return { tell: own, faults: [...faults.map((fault) => `${title}: ${who} is told: ${fault}`), ...nobody] };
}

function titleOf({ task, interval }: Duty): string {
  return interval === '' ? task : `${task} (${interval.toLowerCase()})`;
}

function backupOf({ backup }: Duty, given: Given): string {
  return backup.length === 0 ? '' : `, backup ${wholeNames(backup, given)}`;
}

function isCalled(key: string, name: string, { people }: Given): boolean {
  const found = findPerson(people, name);
  return 'person' in found && found.person.key === key;
}

/** Names of persons where it is sure who is meant, else as the sheet has them. */
function wholeNames(names: readonly string[], { people }: Given): string {
  const whole = names.map((name) => {
    const found = findPerson(people, name);
    return 'person' in found ? found.person.name : name;
  });
  return whole.join(' and ');
}

import type { ReminderPlan } from '../../model/reminders/reminder-plan.ts';
import type { Person } from '../../model/reminders/person.ts';
import { type Around, channelOf } from '../people/reach.ts';
import { joined, type Reminded, type ToTell } from './reminded.ts';

/** Who is there, and where the admin is told. */
export interface Given extends Around {
  /** Channels; none: nobody is set up. */
  readonly admin: readonly string[];
}

/** The same lines for all that a reminder is for. `named`: those whom the event names. */
export function forAll(
  { to, tell }: Pick<ReminderPlan, 'to' | 'tell'>,
  lines: readonly string[],
  named: readonly Person[],
  given: Given,
): Reminded {
  const isFor = ({ key }: Person): boolean => to.includes(key) || to.includes('everybody');
  const people = new Set([...given.people.filter(isFor), ...(to.includes('named') ? named : [])]);
  const faults: string[] = [];
  const own = [...people].flatMap((person): readonly ToTell[] => {
    const channel = channelOf(person, given);
    if (channel !== undefined) return [{ channel, who: person.name, lines }];
    faults.push(`${person.name} has no channel`);
    return [];
  });
  const others = [...tell, ...(to.includes('admin') ? given.admin : [])];
  return { tell: joined([...own, ...others.map((channel) => ({ channel, who: null, lines }))]), faults };
}

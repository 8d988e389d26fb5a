import { PERSON_OF_SHEET, type ReminderPlan } from '../../model/reminders/reminder-plan.ts';
import type { Person } from '../../model/reminders/person.ts';
import { findPerson } from '../people/find-person.ts';
import { type Around, channelOf } from '../people/reach.ts';
import { joined, type Reminded, type ToTell } from './reminded.ts';

/** Who is there, and where the admin is told. */
export interface Given extends Around {
  /** Channels; none: nobody is set up. */
  readonly admin: readonly string[];
}

/** Those whom the event names, and who is not to be told: whose birthday it is. */
interface Others {
  readonly named?: readonly Person[];
  readonly except?: Person;
}

/** The same lines for all that a reminder is for. */
export function forAll(
  { to, tell }: Pick<ReminderPlan, 'to' | 'tell'>,
  lines: readonly string[],
  { named = [], except }: Others,
  given: Given,
): Reminded {
  const isFor = ({ key }: Person): boolean => to.includes(key) || to.includes('everybody');
  const found = ofSheets(to, given);
  const faults = [...found.faults];
  const people = new Set([...given.people.filter(isFor), ...found.people, ...(to.includes('named') ? named : [])]);
  const own = [...people].flatMap((person): readonly ToTell[] => {
    if (person === except) return [];
    const channel = channelOf(person, given);
    if (channel !== undefined) return [{ channel, who: person.name, lines }];
    faults.push(`${person.name} has no channel`);
    return [];
  });
  const others = [...tell, ...(to.includes('admin') ? given.admin : [])];
  return { tell: joined([...own, ...others.map((channel) => ({ channel, who: null, lines }))]), faults };
}

/** Those whom the file cannot know by their keys. */
function ofSheets(to: readonly string[], { people }: Given) {
  const names = to.filter((it) => it.startsWith(PERSON_OF_SHEET));
  const found = names.map((name) => findPerson(people, name.slice(PERSON_OF_SHEET.length)));
  return {
    people: found.flatMap((it) => ('person' in it ? it.person : [])),
    faults: found.flatMap((it) => ('fault' in it ? it.fault : [])),
  };
}

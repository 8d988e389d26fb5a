import type { CalendarEvent } from '../../model/people/calendar-event.ts';
import type { Person } from '../../model/reminders/person.ts';
import { findPerson, namesIn } from '../people/find-person.ts';

/** Whom an event names; `faults`: names that may be of two, for people. */
export interface Named {
  readonly people: readonly Person[];
  readonly faults: readonly string[];
}

/**
 * Those who take part, by their address or name, and those that the title names: `Ann/Bob`, or after a colon as in
 * `Journal club: Ann`. What is nobody's name is none of ours.
 */
export function namedBy({ title, attendees }: CalendarEvent, people: readonly Person[]): Named {
  const invited = attendees.flatMap(({ name, email }): readonly (Person | string)[] => {
    const known = people.find(({ mail }) => mail !== null && mail === email);
    const found = known ?? name;
    return found === null ? [] : [found];
  });
  const written = title.split(/[:()–]| - /).flatMap(namesIn);
  const found = [...invited, ...written].map((it) =>
    typeof it === 'string' ? findPerson(people, it) : { person: it },
  );
  return {
    people: [...new Set(found.flatMap((it) => ('person' in it ? it.person : [])))],
    faults: [...new Set(found.flatMap((it) => ('fault' in it && it.isSeveral ? it.fault : [])))],
  };
}

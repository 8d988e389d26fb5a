import { PERSON_OF_SHEET } from '../../model/reminders/reminder-plan.ts';
import { instead, type Meant } from '../duties/on-duty.ts';
import type { Given } from '../make/to-whom.ts';
import { findPerson } from './find-person.ts';

/** Who is told what goes to `person/dora`, by all of their channels, or to `person/dora/email`, by this one. */
export function ofName(written: string, given: Given): Meant {
  const [name = '', vendor] = written.slice(PERSON_OF_SHEET.length).split('/');
  const found = findPerson(given.people, name);
  if ('fault' in found) return instead(given, [found.fault]);
  const { person } = found;
  const isAsked = (channel: string): boolean => vendor === undefined || channel.endsWith(`/${vendor}`);
  const channels = person.channels.filter((channel) => given.isThere(channel) && isAsked(channel));
  if (channels.length > 0) return { channels, faults: [] };
  return instead(given, [`${person.name} has no channel${vendor === undefined ? '' : ` ${vendor}`}`]);
}

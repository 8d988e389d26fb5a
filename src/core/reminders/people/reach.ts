import type { Person } from '../../model/reminders/person.ts';
import { findPerson } from './find-person.ts';

/** Somebody who is told, and by which channel. */
export interface Reached {
  readonly person: Person;
  readonly channel: string;
}

/** Who is there, and what reaches them. */
export interface Around {
  readonly people: readonly Person[];
  /** Whether anything can be sent by a channel of that name. */
  isThere(channel: string): boolean;
}

export interface Reach {
  readonly reached: readonly Reached[];
  /** Why somebody is not told, for people; nobody is told in their place. */
  readonly faults: readonly string[];
  /** Names of those whom no channel reaches, and no backup: the admin is told in their place. */
  readonly unreached: readonly string[];
}

/** The first channel of a person that is there; undefined: none is. */
export function channelOf({ channels }: Person, { isThere }: Around): string | undefined {
  return channels.find(isThere);
}

/**
 * Who is told of something that these do. A name that nobody has, or two may have, reaches nobody. For a person without
 * a channel the backups are told.
 */
export function reachOf(main: readonly string[], backup: readonly string[], around: Around): Reach {
  const [reached, faults, unreached]: [Reached[], string[], string[]] = [[], [], []];
  for (const name of main) {
    const found = findPerson(around.people, name);
    if ('fault' in found) {
      faults.push(found.fault);
      continue;
    }
    const channel = channelOf(found.person, around);
    if (channel !== undefined) {
      reached.push({ person: found.person, channel });
      continue;
    }
    const others = backup.length === 0 ? NOBODY : reachOf(backup, [], around);
    reached.push(...others.reached);
    faults.push(...others.faults);
    if (others.reached.length === 0) unreached.push(found.person.name);
  }
  return { reached: once(reached), faults: [...new Set(faults)], unreached };
}

const NOBODY: Reach = { reached: [], faults: [], unreached: [] };

function once(all: readonly Reached[]): readonly Reached[] {
  return [...new Map(all.map((it) => [it.channel, it])).values()];
}

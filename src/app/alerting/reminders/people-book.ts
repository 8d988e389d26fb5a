import type { FoundPart, PartComplaint } from '../../../config/filters/load.ts';
import type { Person } from '../../../core/model/reminders/person.ts';
import type { ChannelPolicy, Channel } from '../../../core/ports/alerting/channel.ts';

/** A channel of somebody of a sheet. */
export interface SheetChannel {
  readonly channel: Channel;
  /** Its vendor's. */
  readonly budget: ChannelPolicy['budget'];
  /** `config/filters/crm.yaml:3`, where the sheet is named. */
  readonly place: string;
}

/** Makes the channels of a person, by keys that were there at the start; `faults`: ways that cannot be used. */
export type ToPerson = (person: FoundPart) => {
  readonly channels: readonly Omit<SheetChannel, 'place'>[];
  readonly faults: readonly PartComplaint[];
};

/** Who stands in sheets. */
export interface FoundPeople {
  readonly people: readonly Person[];
  readonly channels: readonly SheetChannel[];
  /** A fault for each sheet that was never read: nobody knows who is in it. */
  readonly unread: readonly Error[];
}

/** What was found last. */
export interface PeopleBook {
  known(): FoundPeople;
  keep(found: FoundPeople): void;
}

export const NOBODY: FoundPeople = { people: [], channels: [], unread: [] };

export function createPeopleBook(): PeopleBook {
  let known = NOBODY;
  return { known: () => known, keep: (found) => void (known = found) };
}

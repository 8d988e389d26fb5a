import type { Channel, ChannelPolicy } from '../../core/ports/alerting/channel.ts';
import type { InUse } from '../../core/alerts/outbox/relay.ts';
import { LOG_CHANNEL } from '../../config/filters/parts/section.ts';
import type { InForce } from '../../config/reload/in-force.ts';
import { withDuties } from './reminders/duty-channels.ts';
import type { DutyBook } from './reminders/duties.ts';
import type { PeopleBook, SheetChannel } from './reminders/people-book.ts';
import { policyOf } from '../../config/rules/policy.ts';

/** A channel as the program was started with it. */
export interface MadeChannel {
  readonly channel: Channel;
  /** Its vendor's. */
  readonly budget: ChannelPolicy['budget'];
}

/**
 * The channels that count at this moment, as files say now how they are used. What they are made of stays as it was at
 * the start.
 */
export function channelsInUse(
  made: readonly MadeChannel[],
  { channels }: Pick<InForce, 'channels'>,
): ReadonlyMap<string, InUse> {
  return new Map(
    made.flatMap(({ channel, budget }): [string, InUse][] => {
      const part = channels.find(({ name }) => name === channel.name);
      if (part === undefined && channel.name !== LOG_CHANNEL) return [];
      const placed = part === undefined ? channel : withPlace(channel, `${part.file}:${part.line}`);
      return [[channel.name, { channel: placed, policy: policyOf(part ?? { name: channel.name }, budget) }]];
    }),
  );
}

/** The same of what counts now. */
export function inUse({
  channels,
  inForce,
  duties,
  sheetPeople,
}: {
  readonly channels: readonly MadeChannel[];
  readonly duties?: Pick<DutyBook, 'channels'> | undefined;
  readonly sheetPeople?: Pick<PeopleBook, 'known'> | undefined;
  inForce(): Pick<InForce, 'channels'>;
}): ReadonlyMap<string, InUse> {
  const ofFiles = channelsInUse(channels, inForce());
  const ofSheets = sheetPeople?.known().channels ?? [];
  const all = ofSheets.length === 0 ? ofFiles : new Map([...ofFiles, ...ofSheets.map(inUseOf)]);
  return duties === undefined ? all : withDuties(all, duties.channels());
}

function inUseOf({ channel, budget, place }: SheetChannel): [string, InUse] {
  return [channel.name, { channel: withPlace(channel, place), policy: policyOf({ name: channel.name }, budget) }];
}

/** What goes wrong names the line in which the channel is set up. */
function withPlace(channel: Channel, place: string): Channel {
  return {
    ...channel,
    async send(...given) {
      const outcome = await channel.send(...given);
      return outcome.status === 'accepted' ? outcome : { ...outcome, why: `${outcome.why} (${place})` };
    },
  };
}

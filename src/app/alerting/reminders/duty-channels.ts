import type { InUse } from '../../../core/alerts/outbox/relay.ts';
import type { Message } from '../../../core/model/alerting/message.ts';
import type { Channel } from '../../../core/ports/alerting/channel.ts';

/** By the name of a duty's channel (`duty/on-call`) the one of whose turn it is. */
export type DutyChannels = ReadonlyMap<string, string>;

/** With a channel for each duty that something is told to. */
export function withDuties(all: ReadonlyMap<string, InUse>, duties: DutyChannels): ReadonlyMap<string, InUse> {
  if (duties.size === 0) return all;
  const own = [...duties].flatMap(([name, target]): [string, InUse][] => {
    const found = all.get(target);
    return found === undefined ? [] : [[name, inPlaceOf(found, name, target)]];
  });
  return new Map([...all, ...own]);
}

/**
 * The channel under another name, whoever has it next. NOTE: what a vendor calls a message is of use only to who got
 * it, so it is kept with the name of the channel: the next one gets a message of their own.
 */
function inPlaceOf({ channel, policy }: InUse, name: string, target: string): InUse {
  const lead = `${target} `;
  const refOf = (ref: string | null): string | null => (ref?.startsWith(lead) === true ? ref.slice(lead.length) : null);
  const why = `You are told this because it is your turn: ${name.slice(name.indexOf('/') + 1)}.`;
  const own = <M extends Pick<Message, 'thread'>>(message: M): M => ({ ...message, thread: refOf(message.thread) });
  const { desk } = channel;
  const made: Channel = {
    ...channel,
    name,
    fit: (message, form) => channel.fit({ ...own(message), lines: [why, ...message.lines] }, form),
    async send(fitted, message, scope) {
      const outcome = await channel.send(fitted, own(message), scope);
      return 'ref' in outcome && outcome.ref !== undefined ? { ...outcome, ref: `${lead}${outcome.ref}` } : outcome;
    },
    ...(desk === undefined
      ? {}
      : {
          desk: async () => {
            const made = await desk();
            return { ...made, isAt: (at, ref, scope) => made.isAt(at, refOf(ref), scope) };
          },
        }),
  };
  return { channel: made, policy: { ...policy, name } };
}

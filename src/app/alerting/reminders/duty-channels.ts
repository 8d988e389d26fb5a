import type { InUse } from '../../../core/alerts/outbox/relay.ts';
import { DUTY } from '../../../core/model/reminders/reminder-plan.ts';
import type { Message } from '../../../core/model/alerting/message.ts';
import type { Channel } from '../../../core/ports/alerting/channel.ts';

/** By a name such as `duty/on-call` or `person/dora` the channels of whom it means now, at least one. */
export type DutyChannels = ReadonlyMap<string, readonly string[]>;

/** With a channel for each duty, and each person of a sheet, that something is told to. */
export function withDuties(all: ReadonlyMap<string, InUse>, duties: DutyChannels): ReadonlyMap<string, InUse> {
  if (duties.size === 0) return all;
  const own = [...duties].flatMap(([name, targets]): [string, InUse][] => {
    const [target, ...also] = targets.filter((it) => all.has(it));
    return target === undefined ? [] : [[name, inPlaceOf(all.get(target)!, name, { target, also })]];
  });
  return new Map([...all, ...own]);
}

/** The channel of one that it means, and those of the others. */
interface Targets {
  readonly target: string;
  readonly also: readonly string[];
}

/**
 * The channel under another name, whoever has it next. NOTE: what a vendor calls a message is of use only to who got
 * it, so it is kept with the name of the channel: the next one gets a message of their own.
 */
function inPlaceOf({ channel, policy }: InUse, name: string, { target, also }: Targets): InUse {
  const lead = `${target} `;
  const lines = name.startsWith(DUTY) ? [`You are told this because it is your turn: ${name.slice(DUTY.length)}.`] : [];
  const refOf = (ref: string | null): string | null => (ref?.startsWith(lead) === true ? ref.slice(lead.length) : null);
  const own = <M extends Pick<Message, 'thread'>>(message: M): M => ({ ...message, thread: refOf(message.thread) });
  const { desk } = channel;
  const made: Channel = {
    ...channel,
    name,
    also: { channels: also, lines },
    fit: (message, form) => channel.fit({ ...own(message), lines: [...lines, ...message.lines] }, form),
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

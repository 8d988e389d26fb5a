import { type Besides, withAll } from '../alerts/outbox/sending/with-all.ts';
import { formMessages } from '../alerts/outbox/forming/form-messages.ts';
import type { InUse } from '../alerts/outbox/relay.ts';
import type { Around } from '../alerts/outbox/forming/around.ts';
import type { Telling } from '../model/alerting/alert.ts';
import type { ChannelFate, SeenAlert } from '../model/alerting/seen.ts';
import type { Mute } from '../model/alerting/rule.ts';
import type { OpenChannel } from '../ports/alerting/outbox.ts';
import { pieceOf } from './seen-alerts.ts';

const NOTHING_OPEN: OpenChannel = {
  tellings: [],
  messages: [],
  told: new Set(),
  createdAt: [],
  endedAt: [],
  askedUntil: 0,
  threads: new Map(),
  acknowledged: new Map(),
  again: new Map(),
};

export interface DebugDeps extends Omit<Around, 'channel'>, Besides {
  readonly channels: ReadonlyMap<string, InUse>;
  readonly mutes: readonly Mute[];
}

/** What would be told to whom, and in which words. Nothing is sent. */
export async function debugPayloads(tellings: readonly Telling[], deps: DebugDeps): Promise<readonly SeenAlert[]> {
  const fates = new Map<string, ChannelFate>();
  for (const [name, some] of Map.groupBy(tellings, ({ channel }) => channel))
    for (const [key, fate] of await fatesAt(name, some, deps)) fates.set(key, fate);
  return [...Map.groupBy(tellings, pieceOf).values()].map((some) => ({
    alert: some[0]!.alert,
    channels: Object.fromEntries(some.map(({ key, channel }) => [channel, fates.get(key)!])),
  }));
}

/** By key of the telling. */
async function fatesAt(
  name: string,
  tellings: readonly Telling[],
  { channels, mutes, calls, hits, tickets, ...around }: DebugDeps,
): Promise<ReadonlyMap<string, ChannelFate>> {
  const inUse = channels.get(name);
  const all = tellings.map((it) => ({ ...it, fate: 'pending', messageId: null, reason: null }) as const);
  if (inUse === undefined)
    return new Map(all.map(({ key }) => [key, { status: 'pending', tries: 0, error: 'no file has this channel' }]));
  const { channel, policy } = inUse;
  const open = { ...NOTHING_OPEN, tellings: all };
  const formed = formMessages(open, policy, mutes, { ...around, channel });
  const messages = await withAll(formed.messages, all, { rules: around.rules, calls, hits, tickets });
  const bodies = new Map(messages.map(({ message }) => [message.id, channel.fit(message, 'rich').body]));
  return new Map(
    formed.tellings.map(({ key, fate, messageId, reason }) => [
      key,
      messageId === null
        ? { status: fate, tries: 0, ...(reason === null ? {} : { error: reason }) }
        : { status: 'skipped', why: 'debug', payload: bodies.get(messageId)! },
    ]),
  );
}

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
  threads: new Map(),
  acknowledged: new Map(),
  again: new Map(),
};

export interface DebugDeps extends Omit<Around, 'channel'> {
  readonly channels: ReadonlyMap<string, InUse>;
  readonly mutes: readonly Mute[];
}

/** What would be told to whom, and in which words. Nothing is sent. */
export function debugPayloads(tellings: readonly Telling[], deps: DebugDeps): readonly SeenAlert[] {
  const fates = new Map(
    [...Map.groupBy(tellings, ({ channel }) => channel)].flatMap(([name, some]) => [...fatesAt(name, some, deps)]),
  );
  return [...Map.groupBy(tellings, pieceOf).values()].map((some) => ({
    alert: some[0]!.alert,
    channels: Object.fromEntries(some.map(({ key, channel }) => [channel, fates.get(key)!])),
  }));
}

/** By key of the telling. */
function fatesAt(
  name: string,
  tellings: readonly Telling[],
  { channels, mutes, ...around }: DebugDeps,
): ReadonlyMap<string, ChannelFate> {
  const inUse = channels.get(name);
  const all = tellings.map((it) => ({ ...it, fate: 'pending', messageId: null, reason: null }) as const);
  if (inUse === undefined)
    return new Map(all.map(({ key }) => [key, { status: 'pending', tries: 0, error: 'no file has this channel' }]));
  const { channel, policy } = inUse;
  const open = { ...NOTHING_OPEN, tellings: all };
  const formed = formMessages(open, policy, mutes, { ...around, channel });
  const bodies = new Map(formed.messages.map(({ message }) => [message.id, channel.fit(message, 'rich').body]));
  return new Map(
    formed.tellings.map(({ key, fate, messageId, reason }) => [
      key,
      messageId === null
        ? { status: fate, tries: 0, ...(reason === null ? {} : { error: reason }) }
        : { status: 'skipped', why: 'debug', payload: bodies.get(messageId)! },
    ]),
  );
}

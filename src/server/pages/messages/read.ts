import { muteOf } from '../../../core/alerts/outbox/forming/mutes.ts';
import { isUnheard } from '../../../core/alerts/outbox/unheard.ts';
import type { Action } from '../../../core/model/alerting/action.ts';
import type { Fate } from '../../../core/model/alerting/alert.ts';
import type { Mute } from '../../../core/model/alerting/rule.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import type { ChannelSeen, KeptMessage, KeptTelling } from '../../../core/ports/alerting/outbox.ts';
import type { PageAlerting } from '../data/alerts/of-page.ts';
import type { MessagesView } from './view.ts';

/** A channel as people look at it. */
export interface ChannelShown extends ChannelSeen {
  readonly isUnheard: boolean;
  /** No file sets it up any more. */
  readonly isGone: boolean;
}

/** What waits at one channel for one reason. */
export interface HeldGroup {
  readonly channel: string;
  readonly fate: Fate;
  /** Until when, and why. */
  readonly reason: string | null;
  /** The newest first, those that were read. */
  readonly tellings: readonly KeptTelling[];
}

export interface MuteShown {
  readonly mute: Mute;
  /** A file has it: it can be taken away there alone. */
  readonly isOfFile: boolean;
  /** Tellings that it holds back now, of those that were read. */
  readonly holds: number;
}

/** All that the page of messages shows. */
export interface MessagesData {
  readonly channels: readonly ChannelShown[];
  readonly held: readonly HeldGroup[];
  /** How many tellings wait; of `held` as many were read as a page looks at. */
  readonly heldTotal: number;
  readonly mutes: readonly MuteShown[];
  readonly messages: readonly KeptMessage[];
  /** There are older ones. */
  readonly hasMore: boolean;
  readonly actions: readonly Action[];
}

/** Messages of one page, tellings that are looked at, and what people did. */
const MOST = { messages: 25, held: 500, actions: 20 };
/** So far back what people did is shown, ms. */
const ACTIONS_MS = 15 * DAY_MS;

/** What holds something back, or is about to tell it. */
const WAITING: readonly Fate[] = ['pending', 'muted', 'quiet', 'grouped', 'held'];
/** Fates that messages have, and that are shown: what is in a later message is shown there. */
const OF_MESSAGES: readonly KeptMessage['fate'][] = ['pending', 'sent', 'uncertain', 'refused', 'given up'];

export async function readMessages(
  { channel, state, filter, before }: MessagesView,
  sources: PageAlerting,
  now: number,
): Promise<MessagesData> {
  const { outbox } = sources;
  const fates = state === undefined ? OF_MESSAGES : OF_MESSAGES.filter((fate) => fate === state);
  const [messages, held, muted, mutes, channels, actions] = await Promise.all([
    fates.length === 0 ? [] : outbox.listed({ channel, fates, filter, before, limit: MOST.messages + 1 }),
    outbox.held({ channel, fates: heldFates(state), filter, limit: MOST.held }),
    outbox.held({ fates: ['muted'], limit: MOST.held }),
    sources.mutes(),
    channelsShown(sources, now),
    outbox.actions({ from: now - ACTIONS_MS, limit: MOST.actions }),
  ]);
  return {
    channels,
    held: groupsOf(held.tellings),
    heldTotal: held.total,
    mutes: mutes.map((mute) => ({
      mute,
      isOfFile: sources.fileMutes().some(({ id }) => id === mute.id),
      holds: heldBy(mute, muted.tellings, now),
    })),
    messages: messages.slice(0, MOST.messages),
    hasMore: messages.length > MOST.messages,
    actions,
  };
}

/** What is never told is shown to who asks for it. */
function heldFates(state: Fate | undefined): readonly Fate[] {
  if (state === undefined) return WAITING;
  return [...WAITING, 'dropped' as const, 'given up' as const].filter((fate) => fate === state);
}

function heldBy(mute: Mute, muted: readonly KeptTelling[], now: number): number {
  return muted.filter((telling) => muteOf(telling, [mute], { now, sure: now }) !== undefined).length;
}

function groupsOf(tellings: readonly KeptTelling[]): readonly HeldGroup[] {
  const groups = Map.groupBy(tellings, ({ channel, fate, reason }) => JSON.stringify([channel, fate, reason]));
  return [...groups.values()].map((some) => {
    const { channel, fate, reason } = some[0]!;
    return { channel, fate, reason, tellings: some };
  });
}

export async function channelsShown(
  { outbox, channels, log }: Pick<PageAlerting, 'outbox' | 'channels' | 'log'>,
  now: number,
): Promise<readonly ChannelShown[]> {
  const inUse = channels();
  const known = await outbox.channels();
  const others = inUse.filter((name) => !known.some(({ channel }) => channel === name));
  const unknown = others.map((channel): ChannelSeen => ({ channel, lastSuccess: null, counts: {}, lastError: null }));
  return [...known, ...unknown]
    .map((seen) => {
      const isGone = seen.channel !== log && !inUse.includes(seen.channel);
      return { ...seen, isGone, isUnheard: inUse.includes(seen.channel) && isUnheard(seen, now) };
    })
    .toSorted((a, b) => (a.channel < b.channel ? -1 : 1));
}

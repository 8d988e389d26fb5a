import type { Fate } from '../../../core/model/alerting/alert.ts';
import type { ChannelSeen, Formed, KeptMessage, Outbox } from '../../../core/ports/alerting/outbox.ts';
import { newMessage } from '../../alerts/new-message.ts';
import { type Book, type ChannelEntry, isOpen, isOpenMessage } from './book.ts';
import { acknowledgedIn, looks } from './looks.ts';
import { openChannel } from './open-channel.ts';
import { tallyOf } from './tally.ts';
import type { Journal, Turns } from './turns.ts';

const FREE: ChannelEntry = { token: '', until: 0, lastSuccess: null, lastError: null };

export function memoryOutbox(book: Book, turns: Turns, now: () => number): Outbox {
  return {
    ...lookingAt(book, turns, now),
    ...looks(book, turns),
    ...leasing(book, turns, now),
    now: async () => now(),
    mute: (mute) => turns(async (journal) => journal.set(book.mutes, mute.id, mute)),
    unmute: (id) => turns(async (journal) => journal.delete(book.mutes, id)),
    deploy: (deploy) => turns(async (journal) => journal.set(book.deploys, deploy.id, deploy)),
    keepAction: (action) =>
      turns(async (journal) => {
        const isNew = !book.actions.has(action.id);
        if (isNew) journal.set(book.actions, action.id, action);
        return isNew;
      }),
    post: (channel, message, at, nextAt) =>
      turns(async (journal) => {
        if (!book.messages.has(message.id))
          journal.set(book.messages, message.id, newMessage(channel, message, at, nextAt));
      }),
  };
}

type Leasing = Pick<Outbox, 'lease' | 'renew' | 'release' | 'form' | 'note'>;

function leasing({ channels, ...book }: Book, turns: Turns, now: () => number): Leasing {
  let leases = 0;
  const entryOf = (channel: string): ChannelEntry => channels.get(channel) ?? FREE;
  /** What the channel becomes, as long as the lease is ours. */
  const under = (channel: string, token: string, act: (entry: ChannelEntry, journal: Journal) => ChannelEntry) =>
    turns(async (journal) => {
      const entry = entryOf(channel);
      if (entry.until === 0 || entry.token !== token) return false;
      journal.set(channels, channel, act(entry, journal));
      return true;
    });
  return {
    lease: (channel, leaseMs) =>
      turns(async (journal) => {
        if (entryOf(channel).until > now()) return null;
        const token = String(++leases);
        journal.set(channels, channel, { ...entryOf(channel), token, until: now() + leaseMs });
        return token;
      }),
    renew: (channel, token, leaseMs) => under(channel, token, (entry) => ({ ...entry, until: now() + leaseMs })),
    release: async (channel, token) => void (await under(channel, token, (entry) => ({ ...entry, until: 0 }))),
    form: (channel, token, formed) =>
      under(channel, token, (entry, journal) => {
        form(book, formed, journal);
        return entry;
      }),
    note: (channel, token, message) =>
      under(channel, token, (entry, journal) => {
        note(book, message, journal);
        const lastSuccess = message.fate === 'sent' ? now() : entry.lastSuccess;
        return { ...entry, lastSuccess, lastError: message.error };
      }),
  };
}

type Rows = Pick<Book, 'messages' | 'tellings'>;

function form({ messages, tellings }: Rows, formed: Formed, journal: Journal): void {
  for (const it of formed.messages) journal.set(messages, it.message.id, it);
  for (const { key, ...now } of formed.tellings) {
    const telling = tellings.get(key);
    if (telling !== undefined) journal.set(tellings, key, { ...telling, ...now });
  }
}

type Looking = Pick<Outbox, 'due' | 'open' | 'mutes' | 'deploys' | 'channels' | 'tally' | 'tellings' | 'messages'>;

function lookingAt(book: Book, turns: Turns, now: () => number): Looking {
  const messagesOf = (channel: string): readonly KeptMessage[] =>
    [...book.messages.values()].filter((it) => it.channel === channel).sort(oldestFirst);
  return {
    due: (at) => turns(async () => dueChannels(book, at)),
    open: (channel) =>
      turns(async () =>
        openChannel(
          [...book.tellings.values()].filter((it) => it.channel === channel),
          messagesOf(channel),
          { acknowledgedBy: (id) => acknowledgedIn(book, id)?.by, alerts: [...book.alerts.values()], now: now() },
        ),
      ),
    mutes: () => turns(async () => [...book.mutes.values()].sort((a, b) => (a.id < b.id ? -1 : 1))),
    deploys: (from) =>
      turns(async () =>
        [...book.deploys.values()].filter(({ until }) => until >= from).sort((a, b) => a.since - b.since),
      ),
    channels: () => turns(async () => channelsSeen(book)),
    tally: (filters) => turns(async () => tallyOf(book, filters, now())),
    tellings: ({ from, to, filter }) =>
      turns(async () =>
        [...book.tellings.values()].filter(
          ({ window, alert }) => window >= from && window < to && (filter === undefined || alert.filter === filter),
        ),
      ),
    messages: ({ from, to }) =>
      turns(async () =>
        [...book.messages.values()].filter(({ createdAt }) => createdAt >= from && createdAt < to).sort(oldestFirst),
      ),
  };
}

function note(book: Rows, message: KeptMessage, journal: Journal): void {
  const { id } = message.message;
  journal.set(book.messages, id, message);
  for (const [key, telling] of book.tellings)
    if (telling.messageId === id) journal.set(book.tellings, key, { ...telling, fate: message.fate });
}

function dueChannels(book: Book, at: number): readonly string[] {
  const tellings = [...book.tellings.values()].filter(isOpen);
  const messages = [...book.messages.values()].filter((it) => isOpenMessage(it) && it.nextAt <= at);
  return [...new Set([...tellings, ...messages].map(({ channel }) => channel))].sort();
}

function channelsSeen(book: Book): readonly ChannelSeen[] {
  const tellings = Map.groupBy(book.tellings.values(), ({ channel }) => channel);
  const names = [...new Set([...book.channels.keys(), ...tellings.keys()])].sort();
  return names.map((channel) => {
    const counts: Partial<Record<Fate, number>> = {};
    for (const { fate } of tellings.get(channel) ?? []) counts[fate] = (counts[fate] ?? 0) + 1;
    const { lastSuccess, lastError } = book.channels.get(channel) ?? FREE;
    return { channel, lastSuccess, counts, lastError };
  });
}

function oldestFirst(a: KeptMessage, b: KeptMessage): number {
  return a.createdAt - b.createdAt || (a.message.id < b.message.id ? -1 : 1);
}

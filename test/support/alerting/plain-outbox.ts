import type { Message } from '../../../src/core/model/alerting/message.ts';
import type { KeptMessage, KeptTelling, OpenChannel, Outbox } from '../../../src/core/ports/alerting/outbox.ts';

/** An outbox in plain lists, for tests of what works it off; time is the caller's. */
export interface PlainOutbox extends Pick<
  Outbox,
  'due' | 'lease' | 'renew' | 'release' | 'open' | 'form' | 'note' | 'post' | 'mutes'
> {
  readonly tellings: Map<string, KeptTelling>;
  readonly kept: Map<string, KeptMessage>;
  /** Each `note`, in order. */
  readonly notes: KeptMessage[];
  add(...tellings: readonly KeptTelling[]): void;
  /** As if the servers that hold channels had died. */
  expire(): void;
}

const FINAL = new Set(['sent', 'refused', 'given up', 'grouped']);

export function createPlainOutbox(now: () => number): PlainOutbox {
  const tellings = new Map<string, KeptTelling>();
  const kept = new Map<string, KeptMessage>();
  const notes: KeptMessage[] = [];
  const leases = new Map<string, { token: string; until: number }>();
  let tokens = 0;
  const isOurs = (channel: string, token: string): boolean => leases.get(channel)?.token === token;
  const isOpen = (it: KeptMessage): boolean => !FINAL.has(it.fate) && it.nextAt !== Infinity;
  const openMessages = (channel: string): KeptMessage[] =>
    [...kept.values()].filter((it) => it.channel === channel && isOpen(it));
  const openTellings = (channel: string): KeptTelling[] => {
    const ids = new Set(openMessages(channel).map(({ message }) => message.id));
    return [...tellings.values()].filter(
      (it) =>
        it.channel === channel &&
        (it.messageId === null ? it.fate !== 'dropped' && it.fate !== 'given up' : ids.has(it.messageId)),
    );
  };
  const open = (channel: string): OpenChannel => {
    const ids = new Set(openTellings(channel).map(({ alert }) => alert.id));
    const told = [...tellings.values()].filter(
      (it) =>
        it.channel === channel &&
        (it.fate === 'sent' || (it.fate === 'uncertain' && !isOpen(kept.get(it.messageId!)!))),
    );
    return {
      tellings: openTellings(channel),
      messages: openMessages(channel).toSorted((one, other) => one.createdAt - other.createdAt),
      told: new Set(told.map(({ alert }) => alert.id).filter((id) => ids.has(id))),
      createdAt: [...kept.values()]
        .filter((it) => it.channel === channel && it.fate !== 'grouped')
        .map(({ createdAt }) => createdAt),
      threads: new Map(),
    };
  };
  const put = (message: KeptMessage): void => void kept.set(message.message.id, structuredClone(message));
  return {
    tellings,
    kept,
    notes,
    add: (...some) => some.forEach((it) => !tellings.has(it.key) && tellings.set(it.key, structuredClone(it))),
    expire: () => leases.clear(),
    due: async (at) => {
      const names = new Set([...tellings.values(), ...kept.values()].map(({ channel }) => channel));
      return [...names].filter(
        (name) =>
          openTellings(name).some(({ messageId }) => messageId === null) ||
          openMessages(name).some(({ nextAt }) => nextAt <= at),
      );
    },
    lease: async (channel, ms) => {
      const held = leases.get(channel);
      if (held !== undefined && held.until > now()) return null;
      const token = `token-${++tokens}`;
      leases.set(channel, { token, until: now() + ms });
      return token;
    },
    renew: async (channel, token, ms) => {
      if (!isOurs(channel, token)) return false;
      leases.set(channel, { token, until: now() + ms });
      return true;
    },
    release: async (channel, token) => void (isOurs(channel, token) && leases.delete(channel)),
    open: async (channel) => structuredClone(open(channel)),
    form: async (channel, token, formed) => {
      if (!isOurs(channel, token)) return false;
      formed.messages.forEach(put);
      for (const { key, ...change } of formed.tellings) tellings.set(key, { ...tellings.get(key)!, ...change });
      return true;
    },
    note: async (channel, token, message) => {
      if (!isOurs(channel, token)) return false;
      notes.push(structuredClone(message));
      put(message);
      for (const it of tellings.values())
        if (it.messageId === message.message.id) tellings.set(it.key, { ...it, fate: message.fate });
      return true;
    },
    mutes: async () => [],
    post: async (channel, message: Message, at) =>
      put({
        message,
        channel,
        createdAt: at,
        fate: 'pending',
        tries: 0,
        nextAt: at,
        isPlain: false,
        isPosting: false,
        owner: null,
        postedAt: null,
        ref: null,
        error: null,
        leftOut: 0,
      }),
  };
}

import type { Action } from '../../model/alerting/action.ts';
import type { Fate, Telling } from '../../model/alerting/alert.ts';
import type { Deploy } from '../../model/alerting/deploy.ts';
import type { Message } from '../../model/alerting/message.ts';
import type { Mute } from '../../model/alerting/rule.ts';
import type { AlertTally } from './tally.ts';

/** A telling, and what became of it so far. */
export interface KeptTelling extends Telling {
  readonly fate: Fate;
  /** The message that it is in; null: in none yet. */
  readonly messageId: string | null;
  /** Why it waits or was held back, for people; null: it does not. */
  readonly reason: string | null;
}

/** A message that was stored before it was posted. */
export interface KeptMessage {
  readonly message: Message;
  readonly channel: string;
  readonly createdAt: number;
  /** `grouped`: nobody took it, and what it would have told is in a later message, which says it as it is now. */
  readonly fate: Extract<
    Fate,
    'pending' | 'sent' | 'uncertain' | 'refused' | 'given up' | 'grouped' | 'held' | 'dropped'
  >;
  /** Posts so far. */
  readonly tries: number;
  /**
   * Not before, epoch ms; Infinity: never again, which makes an uncertain fate final; of one that is pending, which is
   * to be told with others.
   */
  readonly nextAt: number;
  /** It goes, or went, in its plain form. */
  readonly isPlain: boolean;
  /** A post is under way, or its server died with it: what became of it is not known. */
  readonly isPosting: boolean;
  /** Name of the server that posted it last; null: none did. */
  readonly owner: string | null;
  /** When it was posted last, epoch ms. */
  readonly postedAt: number | null;
  /** The vendor's. */
  readonly ref: string | null;
  readonly error: string | null;
  /** Alerts that the last form did not name. */
  readonly leftOut: number;
  /** Since when people wait for what it tells, epoch ms: a day later it is given up. Absent: since it was created. */
  readonly waitsSince?: number | undefined;
  /** At its last post the vendor asked for nothing at all before that, epoch ms. Absent: it did not. */
  readonly askedUntil?: number | undefined;
}

/** All that is open at one channel, read under its lease. */
export interface OpenChannel {
  /**
   * Tellings in no message yet, those that are held back included, and those of `messages`, by the order in which they
   * were decided.
   */
  readonly tellings: readonly KeptTelling[];
  /** Messages without their final fate, oldest first: pending ones, and uncertain ones with an instant to go on at. */
  readonly messages: readonly KeptMessage[];
  /** Ids of those alerts of `tellings` of which a message was sent, or for good is uncertain. */
  readonly told: ReadonlySet<string>;
  /**
   * When messages were posted last, or else created, within the last day, for budgets, epoch ms; without those that are
   * grouped.
   */
  readonly createdAt: readonly number[];
  /** Of these, the messages of alerts that told only that something is over. */
  readonly endedAt: readonly number[];
  /** Before that the vendor wants nothing, as it said to any message, epoch ms; 0: it did not. */
  readonly askedUntil: number;
  /** By alert id, the reference of the message that told it first, as far as there is one. */
  readonly threads: ReadonlyMap<string, string>;
  /** By id of those alerts of `tellings` that somebody is at, the name of who. */
  readonly acknowledged: ReadonlyMap<string, string>;
  /**
   * By id of those alerts of `tellings` that are over: since when, epoch ms, a later episode of the same subject lasts
   * that the channel was told of.
   */
  readonly again: ReadonlyMap<string, number>;
}

/** What forming messages comes to; takes effect whole or not at all. */
export interface Formed {
  /** By id; one that is known is replaced. */
  readonly messages: readonly KeptMessage[];
  /** Tellings by key: the message that they are in now, or why they wait. */
  readonly tellings: readonly Pick<KeptTelling, 'key' | 'fate' | 'messageId' | 'reason'>[];
}

/** A channel as people look at it. */
export interface ChannelSeen {
  readonly channel: string;
  /** Epoch ms; null: never. */
  readonly lastSuccess: number | null;
  /** Tellings by fate. */
  readonly counts: Readonly<Partial<Record<Fate, number>>>;
  readonly lastError: string | null;
}

/** Which messages somebody wants to look at; what is absent does not matter. */
export interface MessagesAsked {
  /** Just this one. */
  readonly id?: string | undefined;
  readonly channel?: string | undefined;
  readonly fates?: readonly KeptMessage['fate'][] | undefined;
  /** Some of its alerts are of this filter. */
  readonly filter?: string | undefined;
  /** Only those that come after this one, which need not be there any more. */
  readonly before?: { readonly createdAt: number; readonly id: string } | undefined;
  /** At most so many. */
  readonly limit: number;
}

/** Which tellings that are in no message. */
export interface HeldAsked {
  readonly channel?: string | undefined;
  readonly fates: readonly Fate[];
  readonly filter?: string | undefined;
  readonly limit: number;
}

/** What is to be told to whom, and what became of it. Shared by all servers. */
export interface Outbox {
  /** The clock by which leases, waits and ages go, epoch ms: all servers have the same one. */
  now(): Promise<number>;
  /** Channels with something to do now: tellings in no message, or messages whose time has come. */
  due(now: number): Promise<readonly string[]>;
  /** Takes the channel; null: another server has it. */
  lease(channel: string, leaseMs: number): Promise<string | null>;
  /** False: it was taken over. */
  renew(channel: string, token: string, leaseMs: number): Promise<boolean>;
  release(channel: string, token: string): Promise<void>;
  open(channel: string): Promise<OpenChannel>;
  /** False: the lease was lost, and nothing changed. So for the next one. */
  form(channel: string, token: string, formed: Formed): Promise<boolean>;
  /** Before a post (`isPosting`) and after it; the tellings of a message have its fate. */
  note(channel: string, token: string, message: KeptMessage): Promise<boolean>;
  mutes(): Promise<readonly Mute[]>;
  /** One whose id is known is replaced. */
  mute(mute: Mute): Promise<void>;
  unmute(id: string): Promise<void>;
  /** Releases whose end is at `from` or later, epoch ms, the oldest first. */
  deploys(from: number): Promise<readonly Deploy[]>;
  /** One whose id is known is replaced. */
  deploy(deploy: Deploy): Promise<void>;
  channels(): Promise<readonly ChannelSeen[]>;
  /** `filters`: whose alerts are counted. */
  tally(filters: readonly string[]): Promise<AlertTally>;
  /** For `why` and the page: decided by windows that start in [from, to), epoch ms. */
  tellings(span: {
    readonly from: number;
    readonly to: number;
    readonly filter?: string;
  }): Promise<readonly KeptTelling[]>;
  messages(span: { readonly from: number; readonly to: number }): Promise<readonly KeptMessage[]>;
  /** All that was told, or is to be, of these alerts, in the order of deciding. */
  tellingsOf(alertIds: readonly string[]): Promise<readonly KeptTelling[]>;
  /** Of these ids, in no order. */
  messagesOf(ids: readonly string[]): Promise<readonly KeptMessage[]>;
  /** The newest first; of one instant by id, backwards. */
  listed(asked: MessagesAsked): Promise<readonly KeptMessage[]>;
  /** The newest first; `total`: how many there are without the limit. */
  held(asked: HeldAsked): Promise<{ readonly tellings: readonly KeptTelling[]; readonly total: number }>;
  /** False: one of this id is known, and nothing changed. */
  keepAction(action: Action): Promise<boolean>;
  /** Since `from`, epoch ms, the newest first. */
  actions(asked: { readonly from: number; readonly limit: number }): Promise<readonly Action[]>;
  /** By id of the alert, the first that said so. */
  acknowledged(alertIds: readonly string[]): Promise<ReadonlyMap<string, Action>>;
  /**
   * Something of ours, for one channel, in no connection with a rule; once by its id. `nextAt`: not before; Infinity:
   * it is not posted, but waits for a message that says several together.
   */
  post(channel: string, message: Message, now: number, nextAt?: number): Promise<void>;
}

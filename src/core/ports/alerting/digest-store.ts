import type { Fate, News } from '../../model/alerting/alert.ts';
import type { IssueStatus } from '../../model/alerting/facts.ts';
import type { Message } from '../../model/alerting/message.ts';
import type { KeptMessage } from './outbox.ts';
import { HOUR_MS, type Window } from '../../model/window.ts';

/** So long issues are kept by windows at least, ms: two days, and the time in which a digest of a day may be late. */
export const ISSUE_WINDOWS_MS = 49 * HOUR_MS;

/** A digest for one channel. */
export interface DigestKey {
  readonly digest: string;
  readonly channel: string;
}

/** A digest of a channel as all servers know it. Instants are epoch ms. */
export interface KnownDigest extends DigestKey {
  /** As `scheduleText` says it. */
  readonly schedule: string;
  /** When the files with that schedule were read: a server with older ones and another schedule leaves it alone. */
  readonly loadedAt: number;
  /** End of the newest slot that was told; at first when the digest became known. */
  readonly toldTo: number;
  /** Since when somebody has looked for what is due without a break, as a cron does. */
  readonly upSince: number;
  /** Null: it is of windows, or was not looked at yet. */
  readonly place: DigestPlace | null;
}

/** How far a digest of what was stored came at a channel, by project: a place in the order of storing. */
export type DigestReach = Readonly<Record<string, number>>;

/** How far a digest of what was stored came. */
export interface DigestPlace {
  /** What arrived there. */
  readonly told: DigestReach;
  /** End of the slot in which it did, epoch ms; at first when it became known. */
  readonly at: number;
  /** The last message, of which nobody looked yet whether it arrived; null: there is none. */
  readonly sent: { readonly message: string; readonly told: DigestReach; readonly at: number } | null;
}

/** A slot of a digest of what was stored. */
export interface DigestMove {
  readonly end: number;
  readonly place: DigestPlace;
  /** Null: there is nothing to tell. */
  readonly message: Message | null;
  /** The message that this one stands for as well: it is posted no more. Null: there is none. */
  readonly instead: KeptMessage | null;
  /** Epoch ms. */
  readonly now: number;
}

/** A window that was counted, as it was counted last. */
export interface CountedWindow {
  readonly start: number;
  readonly events: number;
  readonly complete: boolean;
  /** All of the source was silent: its zeros are no all-clear. */
  readonly silent: boolean;
}

/** Windows of a stretch taken together; those that nobody counted are not among them. */
export interface CountedSum {
  readonly windows: number;
  readonly complete: number;
  readonly events: number;
}

/** An issue of a filter over a span, with what is known of it. */
export interface IssueInSpan {
  readonly id: string;
  readonly events: number;
  /** Of its biggest window: users cannot be added up. */
  readonly users: number;
  /** It surged in one of the windows that are kept by themselves. */
  readonly surged: boolean;
  /** Null: not known; so for the next ones. */
  readonly project: string | null;
  readonly title: string | null;
  readonly level: string | null;
  readonly url: string | null;
  /** Epoch ms. */
  readonly firstSeen: number | null;
  /** Start of the last window in which it was back, epoch ms. */
  readonly backAt: number | null;
  /** As it was seen last. */
  readonly status: IssueStatus | null;
}

/** Something that rules told of a filter's windows, or that was held back. */
export interface ToldOfFilter {
  readonly filter: string;
  /** The rule's identity within the filter. */
  readonly rule: string;
  readonly alertId: string;
  readonly news: News;
  readonly fate: Fate;
}

/** What digests are made of, and which slots were told. Questions are for many filters; absent: nothing is known. */
export interface DigestStore {
  /** All that are known. Notes that somebody looked at `now`: after `breakMs` without that, `upSince` begins anew. */
  look(now: number, breakMs: number): Promise<readonly KnownDigest[]>;
  /** New ones; of one that is known only where the schedule is another one, and its files are newer. */
  put(digests: readonly KnownDigest[]): Promise<void>;
  forget(keys: readonly DigestKey[]): Promise<void>;
  /** Takes the slot that ends then; false: another server has it, or has told it. */
  claim(key: DigestKey, end: number, leaseMs: number): Promise<boolean>;
  /**
   * The slot is told by this message, created at `now`, or without one; both take effect together. False: another
   * server has done it, and nothing changed.
   */
  told(key: DigestKey, end: number, message: Message | null, now: number): Promise<boolean>;
  /** Notes from where on it tells what was stored; false: somebody has. */
  begin(key: DigestKey, place: DigestPlace): Promise<boolean>;
  /** As `told`, of what was stored. NOTE: `instead` only under the lease of its channel: nobody posts it meanwhile. */
  moved(key: DigestKey, move: DigestMove): Promise<boolean>;
  /** By filter, the oldest first. */
  windows(filters: readonly string[], span: Window): Promise<ReadonlyMap<string, readonly CountedWindow[]>>;
  sums(filters: readonly string[], span: Window): Promise<ReadonlyMap<string, CountedSum>>;
  /** Whether one of the windows that start in the span is claimed to be decided, and is not yet. */
  isUndecided(filters: readonly string[], span: Window): Promise<boolean>;
  /** Of all filters together, by the start of each `barMs` from the span's start on. */
  bars(filters: readonly string[], span: Window, barMs: number): Promise<ReadonlyMap<number, CountedSum>>;
  /** From windows, and from the UTC days that begin in the span where windows are not kept by themselves. */
  issues(filters: readonly string[], span: Window): Promise<ReadonlyMap<string, readonly IssueInSpan[]>>;
  /** How many different ones, of the same. */
  issueCounts(filters: readonly string[], span: Window): Promise<ReadonlyMap<string, number>>;
  /** Of windows that start in the span. */
  tellings(filters: readonly string[], span: Window): Promise<readonly ToldOfFilter[]>;
}

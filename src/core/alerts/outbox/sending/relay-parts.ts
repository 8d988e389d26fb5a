import type { Alert } from '../../../model/alerting/alert.ts';
import type { Deploy } from '../../../model/alerting/deploy.ts';
import type { Hits } from '../../../model/ticketing/content.ts';
import type { TicketSaid } from '../../../model/ticketing/ticket.ts';
import type { Mute } from '../../../model/alerting/rule.ts';
import type { Channel, ChannelPolicy } from '../../../ports/alerting/channel.ts';
import type { Outbox } from '../../../ports/alerting/outbox.ts';
import type { RestoreMark } from '../../../ports/backup/restores.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { PostOutcome } from '../../../ports/alerting/tally.ts';
import type { Wait } from '../forming/after.ts';
import type { RuleAtSending } from '../forming/around.ts';
import type { Instant, SureTime } from './sure-time.ts';

/** A channel as it is set up. */
export interface InUse {
  readonly channel: Channel;
  readonly policy: ChannelPolicy;
}

/** What the relay works with. Channels, rules and mutes are asked for at each pass: files change. */
export interface RelayParts extends Clock {
  readonly outbox: Outbox;
  /** So long a channel is a server's that died, ms; Infinity: there is no other server. */
  readonly leaseMs: number;
  /** So long the outbox keeps what waits, ms. Absent: for ever. */
  readonly keepsMs?: number | undefined;
  channels(): ReadonlyMap<string, InUse>;
  /** By `ruleKey`. */
  rules(): ReadonlyMap<string, RuleAtSending>;
  /** Those in force: what ends by events, a release or a return is left out when it has ended. */
  mutes(instant: Instant): Promise<readonly Mute[]>;
  /** Those under way, and those that are over for less than a day. Absent: nobody marks releases. */
  deploys?(now: number): Promise<readonly Deploy[]>;
  /** By alert id the calls that led to what it speaks of, for people. Absent: nobody knows any. Never rejects. */
  calls?(alerts: readonly Alert[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** By alert id the newest events of its issue, some forty of all. Absent: nobody knows any. Never rejects. */
  hits?(alerts: readonly Alert[]): Promise<ReadonlyMap<string, Hits>>;
  /** By alert id what is known of tickets of its issue. Absent: there are none. Never rejects. */
  tickets?(alerts: readonly Alert[]): Promise<ReadonlyMap<string, readonly TicketSaid[]>>;
  /** By key, the most events in any of its spans. Absent: nothing waits for events. Rejects when nobody can say. */
  counts?(waits: readonly Wait[]): Promise<ReadonlyMap<string, number>>;
  /** From which copy the outbox was restored; null: it never was. Absent: it cannot be. */
  restored?(): Promise<Pick<RestoreMark, 'at' | 'releasedAt'> | null>;
  uuid(): string;
  /** Name of this server with the role of its process: what it posted, it repeats. */
  readonly owner: string;
  /** Name of this server, for people. */
  readonly server: string;
  /** Whether such a server certainly does not run any more. Asked only of one that left something of unknown fate. */
  isGone(owner: string): boolean | Promise<boolean>;
  sure: SureTime;
  /** Hears what came of channels, and names those that now have something to say of it. Never rejects. */
  heard?(done: readonly ChannelWork[]): Promise<readonly string[]>;
  /** Told what each post came to, and each message that is posted no more. */
  posted?(channel: string, outcome: PostOutcome): void;
}

/** What somebody has to see to: something that will not be told, or of which that is not known. */
export interface ChannelTrouble {
  readonly channel: string;
  readonly fate: 'refused' | 'given up' | 'uncertain';
  readonly messageId: string;
  readonly alerts: number;
  /** In the channel's words, without secrets. */
  readonly why: string;
}

/** What came of one channel in one pass. */
export interface ChannelWork {
  readonly kind: 'outbox';
  readonly name: string;
  /** `held`: another server has it. */
  readonly status: 'done' | 'failed' | 'held';
  /** For people. */
  readonly detail: string;
  /** Messages whose time has come, and for which there was none left. */
  readonly left: number;
  readonly troubles: readonly ChannelTrouble[];
  /** No file of this server has the channel. */
  readonly isUnknown?: boolean | undefined;
}

import type { JsonObject } from '../item.ts';
import type { Hits } from '../ticketing/content.ts';
import type { TicketSaid } from '../ticketing/ticket.ts';
import type { Alert } from './alert.ts';
import type { Digest } from './digest.ts';
import type { OwnReport } from './own-report.ts';

/** What a channel is to bring, whole: its `fit` makes of it what its vendor takes. */
export interface Message {
  /** Stable: a repeat has the same. */
  readonly id: string;
  readonly type: 'alerts' | 'digest' | 'message';
  /** ISO. */
  readonly sentAt: string;
  readonly alerts: readonly Alert[];
  /** What is to be said before or instead of alerts, a plain sentence each. */
  readonly lines: readonly string[];
  /**
   * Why several are in one: late, after a restore, quiet hours, a budget, a mute's end, a release, which `lines` begin
   * with; filters of one source that surge, or are silent, in one window; null: they are of one filter and window.
   */
  readonly collects:
    ('late' | 'restored' | 'quiet' | 'budget' | 'muted' | 'many' | 'release' | 'surging' | 'silent') | null;
  /** It may be a repeat of a message of unknown fate. */
  readonly mayRepeat: boolean;
  /** The channel's own reference of the message whose thread it belongs to; null: none. */
  readonly thread: string | null;
  /** What several messages without alerts speak of, and whether that is over with this one. */
  readonly matter?: { readonly key: string; readonly isOver: boolean } | undefined;
  /** Name of the server that formed it, for people. */
  readonly server?: string | undefined;
  /** By alert id the place of its rule: `config/filters/crm.yaml:12`. */
  readonly places?: Readonly<Record<string, string>> | undefined;
  /** By alert id the calls that led to its issue's newest event, the newest first, for people. */
  readonly calls?: Readonly<Record<string, readonly string[]>> | undefined;
  /** By alert id events of its issue, for people. */
  readonly hits?: Readonly<Record<string, Hits>> | undefined;
  /** By alert id the tickets of its issue, as they were known then, the one that it belongs to most first. */
  readonly tickets?: Readonly<Record<string, readonly TicketSaid[]>> | undefined;
  /** By alert id what somebody did about it from this message, a plain sentence. */
  readonly done?: Readonly<Record<string, string>> | undefined;
  /** Of type `digest`: what `lines` say in plain text. */
  readonly digest?: Digest | undefined;
  /** Of type `digest`, in place of a digest: what `lines` say of the service itself. */
  readonly report?: OwnReport | undefined;
  /** Random; who knows it may look at the picture of the digest's chart. Absent: it has no address. */
  readonly pictureKey?: string | undefined;
  /** Id of the message of somebody else that this one says the same as. Absent: it is nobody else's. */
  readonly copyOf?: string | undefined;
  /** It is only the picture of a message that was sent before it. Absent: it is all of a message. */
  readonly part?: 'picture' | undefined;
}

/** A message as a vendor may get it. */
export interface Fitted {
  readonly body: JsonObject | string;
  /** Alerts that are not named in it. */
  readonly leftOut: number;
}

import type { Fitted, Message } from '../../model/alerting/message.ts';
import type { Quiet, Severity } from '../../model/alerting/rule.ts';
import type { Desk } from './desk.ts';
import type { Scope } from '../scope.ts';
import type { SendOutcome } from './send-outcome.ts';

export type { SendOutcome } from './send-outcome.ts';

/** Takes messages for people. */
export interface Channel {
  /** The instance's. */
  readonly name: string;
  /** The vendor knows a repeat by the message's id: one of unknown fate is sent again. */
  readonly repeatSafe: boolean;
  /** One message a subject, instead of one for a filter and window. */
  readonly isPerSubject: boolean;
  /** It makes tickets, which a rule may want only of what happens often. Absent: it does not. */
  readonly isTracker?: boolean | undefined;
  /** So large a message's alerts may be, as UTF-8 bytes of JSON; more become several messages. Absent: none do. */
  readonly maxBytes?: number | undefined;
  /** To be awaited before it fits or sends: loads what it does that with. Absent: it is ready. */
  ready?(): Promise<void>;
  /** Pure: escaped, measured in the vendor's own units; whole alerts left out from the end and counted. */
  fit(message: Message, form: 'rich' | 'plain'): Fitted;
  /**
   * The picture of a message goes after it, as a message of its own (`Message.part`) with its own fate. Absent: with
   * it, or not at all.
   */
  readonly picture?: 'after' | undefined;
  /**
   * Channels of others who get all of its messages too, each as a message of their own that `lines` begin. Absent:
   * nobody does.
   */
  readonly also?: { readonly channels: readonly string[]; readonly lines: readonly string[] } | undefined;
  /** How people act from its messages. Absent: they cannot. */
  readonly desk?: (() => Promise<Desk>) | undefined;
  /**
   * One try, without repeats; a second request follows only where certainly nothing was stored, or where it changes
   * nothing to do it again. Never rejects for what a vendor does; none of its texts holds a key.
   */
  send(fitted: Fitted, message: Pick<Message, 'id' | 'thread' | 'alerts'>, scope: Scope): Promise<SendOutcome>;
}

/** How often a message proves that a channel is heard. */
export const PROOFS = ['weekly', 'daily'] as const;
export type Proof = (typeof PROOFS)[number];

/** How a channel is used, as its file says. */
export interface ChannelPolicy {
  readonly name: string;
  /** At most so many messages in `perMs`; null: as many as there are. */
  readonly budget: { readonly count: number; readonly perMs: number } | null;
  readonly quiet: Quiet | null;
  /** Only what is at least so bad. */
  readonly severity: Severity;
  /** Absent: no message is sent without need. */
  readonly proof?: Proof | undefined;
}

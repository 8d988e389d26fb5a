import type { Pressable } from '../slack/actions.ts';
import type { Picture } from './picture.ts';

/** A message that reached people, as they see it. */
export type ReceivedMessage = {
  /** Arrival index over all vendors. */
  readonly n: number;
  readonly at: number;
  /** Who got it: an address, a channel, a chat, a service. */
  readonly to: string;
  /** The vendor's own. */
  readonly id: string;
  /** The id of the message below which it stands; null: it stands alone. */
  readonly thread: string | null;
  /** What a telephone shows of it. */
  readonly subject: string;
  /** As it is read, without markup. */
  readonly text: string;
  /** Of a mail. */
  readonly html?: string;
  readonly picture?: Picture;
  /** Of a pager: nobody has to do anything any more. */
  readonly isOver?: boolean;
  /** Of Slack: what can be pressed. */
  readonly pressables?: readonly Pressable[];
  /** How often it was replaced by an answer. */
  readonly changes?: number;
  /** The address that it was an answer by. */
  readonly answers?: string;
};

export type RefusedMessage = {
  readonly n: number;
  readonly to: string;
  readonly status: number;
  readonly why: string;
  readonly at: number;
};

/** What a vendor of messages took, and what not. */
export type Inbox = { messages: ReceivedMessage[]; refused: RefusedMessage[] };

import type { Fitted } from '../../model/alerting/message.ts';
import type { Scope } from '../scope.ts';
import type { SendOutcome } from './send-outcome.ts';

/** A post as it came, before anybody knows whose it is. */
export interface Posted {
  /** Byte by byte. */
  readonly body: Uint8Array;
  /** By name in lower case. */
  readonly headers: Readonly<Partial<Record<string, string | readonly string[]>>>;
}

/** What somebody wants. */
export type PressedAct =
  /** `team`: whose ticket it is to be; null: nobody's. */
  | { readonly kind: 'ticket'; readonly team: string | null }
  /** `ticket`: key of one that there is. */
  | { readonly kind: 'add'; readonly ticket: string }
  | { readonly kind: 'mute'; readonly end: '1h' | '1d' | 'resolved' };

/** Somebody pressed something below an alert in a message of ours. */
export interface Pressed {
  /** Of this press alone: a repeat of it has the same. */
  readonly id: string;
  readonly act: PressedAct;
  readonly messageId: string;
  /** Of the alert in the message, from 0. */
  readonly place: number;
  readonly who: Presser;
  /** Where the message stands, in the channel's own words. */
  readonly at: PressedAt;
}

export interface Presser {
  /** The vendor's. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** The vendor says that he is of another organization than ours. */
  readonly isStranger: boolean;
}

/** Where a message stands at its vendor. */
export interface PressedAt {
  readonly team: string | null;
  readonly channel: string | null;
  /** Ids that the message has there: its own, and that of the first one of its thread. */
  readonly ids: readonly string[];
  /** Where its vendor takes what becomes of it without a key; null: nowhere. */
  readonly answerUrl: string | null;
}

/** What a person looks for: the answer is a list to choose from. */
export interface Looked {
  readonly text: string;
  readonly messageId: string;
  readonly who: Presser;
  readonly at: PressedAt;
}

/** How people act from messages of a channel. */
export interface Desk {
  /** Vendor's ids of those who may do everything; null: nobody is named, and everybody may do a little. */
  readonly users: readonly string[] | null;
  /** Whether the vendor posted it, lately; nothing of it is understood before. `now`: epoch ms. */
  isSigned(posted: Posted, now: number): boolean;
  /** Undefined: it cannot be read. Null: there is nothing to do. */
  pressed(body: string): readonly Pressed[] | null | undefined;
  looked(body: string): Looked | null | undefined;
  /** A list to choose from, as its vendor takes it. */
  options(choices: readonly Choice[]): object;
  /** Whether the message is where `ref`, the vendor's own of it, says, in our organization. Never rejects. */
  isAt(at: PressedAt, ref: string | null, scope: Scope): Promise<boolean>;
  /** Puts another message in its place. */
  change(at: PressedAt, fitted: Fitted, scope: Scope): Promise<SendOutcome>;
  /** Says something to that person alone, where there is a way. */
  whisper(at: PressedAt, who: Presser, text: string, scope: Scope): Promise<SendOutcome>;
}

export interface Choice {
  /** For people. */
  readonly text: string;
  readonly value: string;
}

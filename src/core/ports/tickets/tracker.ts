import type { Ticket, TicketRef } from '../../model/ticketing/ticket.ts';
import type { Scope } from '../scope.ts';

/** Text of a ticket or comment, in parts, which a tracker writes in its own markup. */
export type TicketText = readonly TextPart[];
export type TextPart =
  | { readonly kind: 'line'; readonly words: readonly Word[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly (readonly Word[])[] };

/** A plain text, or a link. */
export interface Word {
  readonly text: string;
  readonly url?: string | undefined;
}

/** A ticket that is to be made. */
export interface NewTicket {
  readonly project: string;
  readonly team: string | null;
  /** One line. */
  readonly summary: string;
  readonly text: TicketText;
  /** Besides those of the settings. */
  readonly labels: readonly string[];
}

/** What a tracker did not do. */
export type TrackerFault =
  | { readonly status: 'refused'; readonly why: string; readonly fields: Readonly<Record<string, string>> }
  /** Certainly nothing was done. */
  | { readonly status: 'later'; readonly why: string; readonly afterMs?: number | undefined }
  /** It may have been done. */
  | { readonly status: 'uncertain'; readonly why: string };

export type Tracked<T> = { readonly status: 'done'; readonly value: T } | TrackerFault;

/** A ticket with what it says. */
export interface ReadTicket extends Ticket {
  /** Description and comments, plain, one under another. */
  readonly text: string;
}

/** Tickets that were touched since an instant, some of them. */
export interface TicketPage {
  readonly tickets: readonly ReadTicket[];
  /** Where it goes on; null: these were the last. */
  readonly next: string | null;
}

/**
 * What a tracker's own post tells: of whom it is not, that it cannot be read, of no ticket, or of one that was touched
 * or deleted.
 */
export type HeardTicket = 'unsigned' | 'unread' | null | { readonly id: string; readonly isGone: boolean };

/** A system of tickets. One request a call, but where it says so; never rejects for what the vendor does. */
export interface Tracker {
  /** The most that a text may take, in the tracker's own measure. */
  fits(text: TicketText): boolean;
  create(ticket: NewTicket, scope: Scope): Promise<Tracked<TicketRef>>;
  /** By id or key, wherever it was moved to; null: it is not there, or not shown to us. */
  read(idOrKey: string, scope: Scope): Promise<Tracked<ReadTicket | null>>;
  /** NOTE: what was made a moment ago may not be among them. */
  findByLabel(project: string, label: string, scope: Scope): Promise<Tracked<readonly Ticket[]>>;
  comment(id: string, text: TicketText, scope: Scope): Promise<Tracked<null>>;
  /** Whether a comment of ours with this mark is among its newest. */
  hasComment(id: string, mark: string, scope: Scope): Promise<Tracked<boolean>>;
  /** Two requests. False: its workflow has no way back. */
  reopen(id: string, scope: Scope): Promise<Tracked<boolean>>;
  /** Says that both have to do with each other. */
  relate(key: string, other: string, scope: Scope): Promise<Tracked<null>>;
  /** Tickets of a project that may belong to issues, touched at that instant or later, epoch ms, the oldest first. */
  touched(project: string, since: number, page: string | null, scope: Scope): Promise<Tracked<TicketPage>>;
}

import type { IssueContent } from './content.ts';
import type { TicketIssue, TicketRef } from './ticket.ts';

/** Somebody wants an issue to have a ticket. */
export interface TicketOrder {
  readonly issue: TicketIssue;
  /** Of the tracker; null: the usual one. */
  readonly project: string | null;
  /** One of `Tickets.teams`; null: none. */
  readonly team: string | null;
  /** Key of the ticket that it is added to; null: its own one, which is made where there is none. */
  readonly ticket: string | null;
  /** Name of who asked, for people. */
  readonly by: string;
  readonly from: 'page' | 'slack' | 'rule';
  /** What the asker knows of the issue; taken where nothing else is known. */
  readonly about?: Partial<IssueContent> | undefined;
  /** For the ticket, a sentence a line; absent: nothing. */
  readonly why?: string | undefined;
}

/** What came of it; `say`: for who asked, one plain line. */
export type TicketOutcome =
  | {
      /** exists: there was nothing to add to it now. */
      readonly status: 'created' | 'reopened' | 'commented' | 'exists';
      readonly ticket: TicketRef;
      readonly say: string;
    }
  /** Somebody else is at it right now, and did not come to an end while we waited. */
  | { readonly status: 'being made'; readonly say: string }
  /** The tracker may have taken it: it is looked for, and made only when it certainly is not there. */
  | { readonly status: 'uncertain'; readonly say: string }
  /** For good. `fields`: by name of a field, what the tracker has against it. */
  | { readonly status: 'refused'; readonly say: string; readonly fields: Readonly<Record<string, string>> }
  /** Nothing was done; it may go later, not before `afterMs` where the tracker says so. */
  | { readonly status: 'later'; readonly say: string; readonly afterMs?: number | undefined };

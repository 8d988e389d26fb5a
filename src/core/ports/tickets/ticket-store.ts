import type { Link, LinkedTicket, Ticket, TicketIssue, TicketRef } from '../../model/ticketing/ticket.ts';

/** One row per issue and project of the tracker. */
export interface TicketAt {
  /** As `issueKey`. */
  readonly issue: string;
  /** Of the tracker. */
  readonly project: string;
}

/** What is being done to a ticket, kept before the tracker is asked. */
export interface TicketWork {
  readonly kind: 'create' | 'comment';
  /** Stands in a comment, so that it is found again. */
  readonly mark: string;
  /** When it was first asked for, epoch ms. */
  readonly since: number;
  /** The tracker, or its server, did not say whether it was done. */
  readonly isUncertain: boolean;
  /** The newest event that it tells of, epoch ms; null: of none. */
  readonly until: number | null;
  /** Events that there were in all when it was written. */
  readonly total: number;
}

/** What is known of the ticket of an issue. Instants are epoch ms by the ledger's clock. */
export interface TicketState {
  /** Null: none was made yet. */
  readonly ticket: TicketRef | null;
  /** The one before it, which was done for too long; null: none. */
  readonly previous: TicketRef | null;
  /** The tracker knows that both have to do with each other; true where there is none before it. */
  readonly isRelated: boolean;
  readonly work: TicketWork | null;
  /** When we wrote into it last; null: never. */
  readonly writtenAt: number | null;
  /** The newest event that it tells of; null: none. */
  readonly toldUntil: number | null;
  /** Events that there were in all when it was told last. */
  readonly toldTotal: number;
  /** The time it was done at for which it was opened again; null: never. */
  readonly reopenedFor: number | null;
  /** When the tracker showed it to us last; null: never. */
  readonly seenAt: number | null;
  /** Why the last try came to nothing; null: it did not. */
  readonly error: string | null;
}

export interface TakenTicket {
  readonly token: string;
  /** Null: the issue had no row. */
  readonly state: TicketState | null;
}

/** A ticket with what issues are found by. */
export interface KnownTicket extends Ticket {
  /** Of the tracker. */
  readonly project: string;
  /** Words of its text; '': it has none that an issue could be found by. */
  readonly words: string;
  /** The beginnings of its tracebacks, and labels of issues: by these it is looked for. */
  readonly openings: readonly string[];
  /** What people look for it by, in small letters. */
  readonly said: string;
}

/** What was read of a project's tickets; takes effect whole or not at all. */
export interface ReadTickets {
  readonly project: string;
  readonly tickets: readonly KnownTicket[];
  /** All that was touched before this instant was read, epoch ms; null: it stays. */
  readonly until: number | null;
}

/** What tickets of an issue are found by. */
export interface IssueText {
  /** As `issueKey`. */
  readonly issue: string;
  /** That its tickets have. */
  readonly label: string;
  /** Words of its newest traceback, and how it begins; '': it has none that would tell it from others. */
  readonly words: string;
  readonly opening: string;
}

/** Events of an issue that the event store has; none, where it is of no intake. */
export interface IssueHits {
  /** The newest first. */
  readonly hits: readonly {
    readonly eventId: string;
    readonly at: number;
    readonly storedAt: number;
    readonly user: string | null;
    readonly tags: Readonly<Record<string, string>>;
  }[];
  /** Those that are not listed included. */
  readonly total: number;
}

/** A ticket belongs to an issue. */
export interface TicketLink {
  readonly issue: string;
  readonly ticketId: string;
  readonly link: Link;
}

/** Tickets, and whose they are. Shared by all servers. */
export interface TicketStore {
  /** The clock by which leases and ages go, epoch ms. */
  now(): Promise<number>;
  /** Takes the row, which is made where there is none; null: somebody has it. */
  take(at: TicketAt, leaseMs: number): Promise<TakenTicket | null>;
  /** Keeps it; `leaseMs`: 0 gives it back. False: it was taken over, and nothing changed. */
  keep(at: TicketAt, token: string, state: TicketState, leaseMs: number): Promise<boolean>;
  /** Rows with something under way, the oldest first. */
  unsettled(limit: number): Promise<readonly TicketAt[]>;
  /** How far a project's tickets were read, epoch ms; null: never. */
  readUntil(project: string): Promise<number | null>;
  keepKnown(read: ReadTickets): Promise<void>;
  /** It was deleted, or moved where we see nothing. */
  forget(ticketId: string): Promise<void>;
  /** Links that are known stay as strong as they are. */
  link(links: readonly TicketLink[]): Promise<void>;
  /** At most so many are listed. */
  hits(issue: TicketIssue, limit: number): Promise<IssueHits>;
  /** By issue, the strongest link first. */
  linked(issues: readonly string[]): Promise<ReadonlyMap<string, readonly LinkedTicket[]>>;
  /** Those that have one of the openings, with the words of their texts; without their own openings. */
  withOpening(openings: readonly string[]): Promise<readonly KnownTicket[]>;
  /** Issues that have one of the labels, or whose text begins so. */
  issuesWith(labels: readonly string[], openings: readonly string[]): Promise<readonly IssueText[]>;
  /** One that is known is replaced. */
  keepTexts(texts: readonly IssueText[]): Promise<void>;
  search(text: string, limit: number): Promise<readonly Ticket[]>;
}

/**
 * Rows of tickets. Issues are `project/id`; texts that come from outside and are columns of their own are kept as
 * `safe-text.ts` writes them.
 */

/** The ticket of an issue in a project of the tracker. */
export interface TicketRow {
  readonly issue: string;
  /** Of the tracker. */
  readonly project: string;
  readonly token: string;
  /** 0 when nobody has it. */
  readonly lease_until: number;
  /** Since when something is under way; null: nothing is. */
  readonly open_since: number | null;
  readonly kept_at: number;
  /** JSON; null: it was taken, and nothing was kept. See `TicketState`. */
  readonly state: string | null;
}

/** A ticket as the tracker had it when it was read last. */
export interface KnownTicketRow {
  /** The tracker's. */
  readonly ticket_id: string;
  readonly project: string;
  readonly updated_at: number;
  /** JSON; see `Ticket`. */
  readonly ticket: string;
  readonly words: string;
  readonly said: string;
}

/** A ticket belongs to an issue. */
export interface TicketLinkRow {
  readonly issue: string;
  readonly ticket_id: string;
  /** Its place among `LINKS`: 0 is the strongest. */
  readonly rank: number;
}

/** How a traceback in a ticket begins. */
export interface TicketOpeningRow {
  readonly opening: string;
  readonly ticket_id: string;
}

/** What tickets of an issue are found by. */
export interface IssueTextRow {
  readonly issue: string;
  readonly label: string;
  readonly opening: string;
  readonly words: string;
  readonly kept_at: number;
}

/** How far a project's tickets were read. */
export interface TicketReadingRow {
  readonly project: string;
  readonly read_until: number;
}

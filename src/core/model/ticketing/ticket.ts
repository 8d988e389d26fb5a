/** An issue that tickets are of: of Sentry, or of the event store. */
export interface TicketIssue {
  /** As reports and alerts have it. */
  readonly project: string;
  readonly id: string;
}

/** The same text for the same issue, by which tickets know it. */
export function issueKey({ project, id }: TicketIssue): string {
  return `${project}/${id}`;
}

/** Enough to show a ticket. */
export interface TicketRef {
  /** The tracker's own, which stays when it is moved; '' where only its key is known yet. */
  readonly id: string;
  /** For people: `CRM-12`. Another one after it was moved. */
  readonly key: string;
  /** Its page. */
  readonly url: string;
}

/** A ticket as its tracker has it. Instants are epoch ms. */
export interface Ticket extends TicketRef {
  readonly summary: string;
  /** In the words of its workflow; '': it was made a moment ago, and not read yet. */
  readonly status: string;
  /** Whatever the workflow calls it. */
  readonly isDone: boolean;
  /** Null: not done, or nobody says since when. */
  readonly doneAt: number | null;
  readonly resolution: string | null;
  /** Name for people. */
  readonly assignee: string | null;
  readonly labels: readonly string[];
  readonly createdAt: number;
  /** When it was touched last, by whomever; 0: not read yet. */
  readonly updatedAt: number;
}

/** What people are told of a ticket. */
export type TicketSaid = Pick<Ticket, 'key' | 'url' | 'status' | 'assignee' | 'isDone'>;

export function ticketSaid({ key, url, status, assignee, isDone }: TicketSaid): TicketSaid {
  return { key, url, status, assignee, isDone };
}

/**
 * How a ticket belongs to an issue, the strongest first:
 * - filed: we made it for the issue, or somebody added the issue to it
 * - label: it has the issue's label
 * - exact: its text holds the issue's newest one, by its words
 * - similar: without the last word
 */
export const LINKS = ['filed', 'label', 'exact', 'similar'] as const;
export type Link = (typeof LINKS)[number];

export interface LinkedTicket extends Ticket {
  readonly link: Link;
}

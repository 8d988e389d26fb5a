import type { Clock } from '../../ports/clock.ts';
import type { Hash } from '../../logs/issues/issue-key.ts';
import type { IssueContent } from '../../model/ticketing/content.ts';
import type { TicketIssue } from '../../model/ticketing/ticket.ts';
import type { Scope } from '../../ports/scope.ts';
import type { TicketStore } from '../../ports/tickets/ticket-store.ts';
import type { Tracker } from '../../ports/tickets/tracker.ts';

export type NewestText = { readonly text: string } | { readonly lack: string };

/** What filing a ticket needs. */
export interface FilingDeps extends Clock {
  readonly store: TicketStore;
  readonly tracker: Tracker;
  /** The tracker's project where nothing else is said. */
  readonly project: string;
  /** Names of resolutions that say that nothing will be done. */
  readonly wontDo: readonly string[];
  /** What is known of an issue; null: nothing. */
  contentOf(issue: TicketIssue): Promise<IssueContent | null>;
  /**
   * What the newest event says of an issue that we keep no events of, or why that cannot be read, for people; null: it
   * is nobody's. Asks its source. Never rejects. Absent: no source can be asked.
   */
  newestOf?(issue: TicketIssue, scope: Scope): Promise<NewestText | null>;
  readonly hash: Hash;
  uuid(): string;
}

import type {
  ActionRow,
  AlertRow,
  ChannelRow,
  DecisionRow,
  DigestRow,
  ReminderRow,
  FileTextRow,
  IssueDayRow,
  IssueRow,
  IssueWindowRow,
  JobRow,
  MessageRow,
  DeployRow,
  MuteRow,
  RuleHeadRow,
  RuleStateRow,
  TellingRow,
  ToldRow,
  UpkeepRow,
  WatchRow,
} from './alert-tables.ts';
import type {
  EventCountRow,
  EventCursorRow,
  EventFirstRow,
  EventIssueRow,
  EventObjectRow,
  EventPostRow,
  EventOrderRow,
  EventRejectHourRow,
  EventRejectRow,
  EventRow,
  EventTimingRow,
  EventTraitRow,
} from './event-tables.ts';
import type {
  IssueTextRow,
  KnownTicketRow,
  TicketLinkRow,
  TicketOpeningRow,
  TicketReadingRow,
  TicketRow,
} from '../ledger/tickets/tables.ts';

/**
 * The tables, as the newest migration leaves them. Times are epoch ms of the clock that decides leases; texts of JSON
 * have sorted keys.
 */
export interface Tables {
  readonly sentry_monitor_claims: ClaimRow;
  readonly sentry_monitor_reports: ReportRow;
  readonly sentry_monitor_runs: RunRow;
  readonly sentry_monitor_recounts: RecountRow;
  readonly sentry_monitor_hours: HourRow;
  readonly sentry_monitor_progress: ProgressRow;
  readonly sentry_monitor_schema: SchemaRow;
  readonly sentry_monitor_issue_windows: IssueWindowRow;
  readonly sentry_monitor_issue_days: IssueDayRow;
  readonly sentry_monitor_issues: IssueRow;
  readonly sentry_monitor_rule_heads: RuleHeadRow;
  readonly sentry_monitor_rule_states: RuleStateRow;
  readonly sentry_monitor_decisions: DecisionRow;
  readonly sentry_monitor_alerts: AlertRow;
  readonly sentry_monitor_told: ToldRow;
  readonly sentry_monitor_tellings: TellingRow;
  readonly sentry_monitor_messages: MessageRow;
  readonly sentry_monitor_channels: ChannelRow;
  readonly sentry_monitor_mutes: MuteRow;
  readonly sentry_monitor_file_texts: FileTextRow;
  readonly sentry_monitor_deploys: DeployRow;
  readonly sentry_monitor_actions: ActionRow;
  readonly sentry_monitor_events: EventRow;
  readonly sentry_monitor_event_order: EventOrderRow;
  readonly sentry_monitor_event_counts: EventCountRow;
  readonly sentry_monitor_event_issues: EventIssueRow;
  readonly sentry_monitor_event_firsts: EventFirstRow;
  readonly sentry_monitor_event_traits: EventTraitRow;
  readonly sentry_monitor_event_timings: EventTimingRow;
  readonly sentry_monitor_event_cursors: EventCursorRow;
  readonly sentry_monitor_event_rejects: EventRejectRow;
  readonly sentry_monitor_event_reject_hours: EventRejectHourRow;
  readonly sentry_monitor_event_objects: EventObjectRow;
  readonly sentry_monitor_event_posts: EventPostRow;
  readonly sentry_monitor_digests: DigestRow;
  readonly sentry_monitor_reminders: ReminderRow;
  readonly sentry_monitor_tickets: TicketRow;
  readonly sentry_monitor_known_tickets: KnownTicketRow;
  readonly sentry_monitor_ticket_links: TicketLinkRow;
  readonly sentry_monitor_ticket_openings: TicketOpeningRow;
  readonly sentry_monitor_ticket_readings: TicketReadingRow;
  readonly sentry_monitor_issue_texts: IssueTextRow;
  readonly sentry_monitor_watches: WatchRow;
  readonly sentry_monitor_jobs: JobRow;
  readonly sentry_monitor_upkeep: UpkeepRow;
}

/** What is claimed, delivered once and remembered: a report, its revision and a sink. */
export interface ClaimRow {
  /** The three below as one text. */
  readonly claim: string;
  readonly report_id: string;
  readonly revision: number;
  readonly sink: string;
  readonly created_at: number;
  /** Of the latest claim; '' when it never was claimed. */
  readonly token: string;
  /** Name of the server that claimed it last. */
  readonly server: string;
  /** 0 when nobody holds it. */
  readonly lease_until: number;
  readonly done: number;
  readonly receipt: string | null;
  /** Outcomes of items that must not be sent again. */
  readonly delivered: string | null;
  /** What is to be sent, until all of it has its final outcome. */
  readonly items: string | null;
  /** The two parts of `report_id`; null when it is none of ours. */
  readonly filter: string | null;
  readonly window_start: number | null;
}

export interface ReportRow {
  readonly report_id: string;
  readonly revision: number;
  readonly filter: string;
  readonly window_start: number;
  readonly window_end: number;
  readonly recorded_at: number;
  readonly org: string;
  readonly source: string;
  readonly complete: number;
  readonly unattributed: number;
  readonly url: string | null;
  readonly gaps: string;
  readonly warnings: string;
  readonly totals: string;
  /** The first issues by rank; null after 48 hours. */
  readonly issues: string | null;
  /** What the filter counted then. */
  readonly definition: string | null;
  /** By the clock of the server that read it; null: an earlier version did. */
  readonly read_at: number | null;
  /** The biggest combinations of tags; null: an earlier version wrote it, it was counted again, or after 48 hours. */
  readonly splits: string | null;
  /** Events of its projects that the event store had in the window, whichever it counts; null: it is of no intake. */
  readonly held: number | null;
}

/** Windows of an hour of a filter as they were counted last; follows from the reports. */
export interface HourRow {
  readonly filter: string;
  readonly hour_start: number;
  /** How many, and those of them that are complete. */
  readonly windows: number;
  readonly complete: number;
  readonly events: number;
  /** Of the window that was counted anew most often. */
  readonly revision: number;
  /** Of the newest of its reports. */
  readonly recorded_at: number;
}

/** How far something is done that follows from the reports. */
export interface ProgressRow {
  readonly name: string;
  /** What was recorded up to then is in it. */
  readonly recorded_at: number;
}

/** A report was counted again; kept for 48 hours. */
export interface RecountRow {
  readonly report_id: string;
  readonly revision: number;
  readonly filter: string;
  readonly window_start: number;
  readonly recorded_at: number;
  /** At first and now; null: they cannot be compared. */
  readonly first_events: number | null;
  readonly events: number | null;
}

export interface RunRow {
  readonly run_id: string;
  readonly server: string;
  /** The same as long as a service lives; null: a command, or an earlier version. */
  readonly process: string | null;
  readonly window_start: number;
  readonly started_at: number;
  /** Null: under way, or its server died. */
  readonly ended_at: number | null;
  readonly outcome: string | null;
  readonly source_requests: number | null;
  readonly sink_requests: number | null;
  readonly reports: number;
}

export interface SchemaRow {
  readonly version: number;
  readonly name: string;
  /** 1: programs that do not know this version must not use the tables. */
  readonly breaking: number;
}

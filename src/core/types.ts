/**
 * The words of this program, as types. Nothing here runs, and this file imports nothing.
 *
 * - filter:   a named search over one or more Sentry projects, owned by a team
 * - window:   half-open stretch of time [start, end), five minutes on the UTC epoch grid, named by its start
 * - settle:   how long after its end a window is left alone, so that late events arrive
 * - reading:  what a source found for a filter in a window
 * - gap:      a part of a reading that is missing, with the reason
 * - report:   a reading made ready for the sinks; its id is `<filter>@<window start, ISO>`
 * - source:   reads
 * - sink:     takes items; an item is a single record with a stable key
 * - outcome:  what became of an item
 * - receipt:  what became of a report's items at one sink
 * - ledger:   memory of what reached which sink
 * - run:      one pass over filters and a window
 * - observer: is told how a run ended
 */

/** Half-open stretch of time [start, end), epoch milliseconds UTC, both on the five-minute grid. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** A named search, as the filters file holds it with its file's defaults filled in. Plain data. */
export interface Filter {
  /** `[a-z0-9][a-z0-9-]{0,59}`, unique; part of every report's id, so renaming starts a new history. */
  readonly name: string;
  /** Project slugs; at least one, no duplicates. */
  readonly projects: readonly string[];
  /** Environment names; empty: all. */
  readonly environments: readonly string[];
  /** Event levels; empty: all. */
  readonly levels: readonly string[];
  /** Literal texts; an event matches when its search message holds any of them. Empty: every event. */
  readonly searchTerms: readonly string[];
  /** Literal texts; an event whose search message holds one of them is left out. */
  readonly exclude: readonly string[];
  /** A further condition in Sentry's own search syntax. */
  readonly query?: string | undefined;
  /** Tag names to count by, together. Empty: no splits. */
  readonly tags: readonly string[];
  /** How many issues the answer lists. */
  readonly top: number;
  readonly team?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly runbook?: string | undefined;
  /** Names of the sinks this filter's reports go to; undefined: all that are enabled. */
  readonly sinks?: readonly string[] | undefined;
  readonly alert?: FilterAlert | undefined;
}

/** New Relic alerts made from a filter: events in a window; more than its past lets expect; no count for three windows; an issue trending with this score. */
export type FilterAlert = { readonly [K in 'above' | 'trending']?: number | undefined } & { readonly [K in 'anomaly' | 'missing']?: boolean | undefined };

export const GAP_PARTS = ['totals', 'issues', 'splits', 'details', 'baselines'] as const;
export type GapPart = (typeof GAP_PARTS)[number];

/**
 * Why a part is missing. A closed list: dashboards and alerts name these.
 *
 * - project_not_found: no project of that slug: renamed, deleted or misspelt
 * - project_forbidden: the token may not read the project
 * - pages_shifted:     rows moved while pages were read; a row may be missing or stale
 * - pages_broken:      the server's paging did not advance
 * - row_limit:         more rows than MAX_ROWS
 * - page_limit:        more pages of events than MAX_PAGES
 * - no_date:           events that no date says when they happened
 * - rows_differ:       totals and rows disagree, also after the totals were read once more
 * - not_answered:      the request for this part failed
 * - source_silent:     all projects of the organization together fell silent: the zeros are no all-clear
 * - not_known:         the server answered without the thing asked for (a deleted or merged issue)
 * - not_supported:     this kind of server cannot say
 */
export const GAP_REASONS = ['project_not_found', 'project_forbidden', 'pages_shifted', 'pages_broken', 'row_limit', 'page_limit', 'no_date',
  'rows_differ', 'not_answered', 'source_silent', 'not_known', 'not_supported'] as const;
export type GapReason = (typeof GAP_REASONS)[number];

export interface Gap {
  readonly part: GapPart;
  readonly reason: GapReason;
  /** Slug of the one project it concerns; absent: the whole reading. */
  readonly project?: string | undefined;
  /** For people: what exactly, in one sentence. No secrets. */
  readonly detail?: string | undefined;
}

/** One project's count. Projects without an event have a row of zeros. */
export interface Total {
  readonly project: string;
  /** The source's id of the project; '' when it could not be resolved. */
  readonly projectId: string;
  readonly events: number;
  /** Distinct users, as exact as the source counts them; cannot be added up over projects. */
  readonly users: number;
}

/** One issue's count. */
export interface IssueRow {
  readonly issueId: string;
  readonly project: string;
  /** Where a person can look at it. */
  readonly url: string;
  readonly events: number;
  readonly users: number;
}

/** Events of one issue with one combination of tag values. */
export interface Split {
  readonly issueId: string;
  readonly project: string;
  /** By tag name as configured; tags the events lack are absent. */
  readonly tags: Readonly<Record<string, string>>;
  readonly events: number;
}

/** What the source knows of an issue besides counts. */
export interface Details {
  readonly issueId: string;
  readonly shortId: string | null;
  readonly title: string;
  readonly culprit: string | null;
  readonly level: string | null;
  /** The source's own link; null: the row's link serves. */
  readonly url: string | null;
  /** The source's own sub-state of an open issue: new, ongoing, escalating, regressed …; null: none given. */
  readonly substatus: string | null;
  /** First event ever, epoch ms; null when the source does not say. */
  readonly firstSeen: number | null;
  /** Name of the person or team; null: nobody. */
  readonly assignee: string | null;
}

export const BASELINES = ['1h', '1d', '7d'] as const;
export type BaselineName = (typeof BASELINES)[number];

/** The past of the biggest issues, for trends. */
export interface Baseline {
  readonly name: BaselineName;
  readonly span: Window;
  /** Events in the span by issue id, zeros included; an issue that is not here was not asked for. */
  readonly events: ReadonlyMap<string, number>;
}

/** What a source found for a filter in a window. */
export interface Reading {
  /** Instance name of the source that answered. */
  readonly source: string;
  /** One per resolved project of the filter, in the filter's order, zeros included. */
  readonly totals: readonly Total[];
  /** Most events first, ties by issue id; empty when only totals were wanted. */
  readonly issues: readonly IssueRow[];
  readonly splits: readonly Split[];
  /** By issue id. Decoration: a missing one is a gap, never a fault. */
  readonly details: ReadonlyMap<string, Details>;
  /** Of the 100 biggest issues, as far as they could be read. Decoration, like details. */
  readonly baselines: readonly Baseline[];
  /** Events that are in the totals and in no row. */
  readonly unattributed: number;
  readonly gaps: readonly Gap[];
  /** Odd but harmless things a person should know, such as an environment without events yet. */
  readonly warnings: readonly string[];
  /** The same search for a person, or null. */
  readonly url: string | null;
}

/** Why something could not be done. Plain data, without secrets. */
export interface Fault {
  /** One sentence that names the service and what to do, if something can be done. */
  readonly message: string;
  /** Trying the same again later may help. */
  readonly retryable: boolean;
  /** 413: fewer items may pass. */
  readonly tooLarge?: boolean | undefined;
  /** An answered, temporary refusal of this one item: worth sending again in the same run. */
  readonly resend?: boolean | undefined;
}

/** One filter and window to be read. */
export interface Ask {
  readonly filter: Filter;
  readonly window: Window;
  /** totals: counts only; full: with issues, splits and details. */
  readonly want: 'totals' | 'full';
}

export type Answer = { readonly ask: Ask; readonly reading: Reading } | { readonly ask: Ask; readonly fault: Fault };

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A single record for a sink. */
export interface Item {
  /** The same on every server for the same report and record. */
  readonly key: string;
  /** Exactly what goes over the wire. */
  readonly body: JsonObject;
  /** Items of different lanes never share a request (a vendor with two endpoints). */
  readonly lane?: string | undefined;
}

/** What became of one item. `uncertain`: it may or may not have been stored. */
export type Outcome =
  | { readonly status: 'accepted'; readonly ref?: string | undefined }
  | { readonly status: 'refused'; readonly why: string }
  | { readonly status: 'failed' | 'uncertain'; readonly fault: Fault };

export const ISSUE_STATES = ['new', 'regressed', 'surging', 'ongoing'] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

/** One issue of a report. */
export interface ReportIssue extends IssueRow {
  /** 1 for the first: trending ones by score, then the others by events. */
  readonly rank: number;
  readonly state: IssueState;
  /** Events that its past lets expect; null: nothing of its past was read, and so for the next two. */
  readonly expected: number | null;
  readonly score: number | null;
  readonly trend: number | null;
  readonly trending: boolean;
  /** Null when its details are a gap. */
  readonly details: Details | null;
}

/** What a run found for a filter in a window. Follows from filter, window and the source's answer alone. */
export interface Report {
  /** `<filter>@<window start, ISO>` */
  readonly id: string;
  /** 0, then 1, 2 … when the same window is counted again. */
  readonly revision: number;
  readonly filter: Filter;
  /** Organization slug. */
  readonly org: string;
  readonly window: Window;
  readonly source: string;
  /** No gap in totals, issues or splits. */
  readonly complete: boolean;
  readonly gaps: readonly Gap[];
  readonly warnings: readonly string[];
  /** `issues`: null when no row could be read: how many there are is not known. */
  readonly totals: readonly (Total & { readonly issues: number | null })[];
  readonly issues: readonly ReportIssue[];
  readonly splits: readonly Split[];
  readonly unattributed: number;
  readonly url: string | null;
}

import type { SpanUsers } from './alerting/span-users.ts';
import type { Timing } from './events/timing.ts';
import type { Filter } from './filter.ts';
import type { Gap } from './gap.ts';
import type { Details, IssueRow, Split, Total } from './reading.ts';
import type { Window } from './window.ts';

/** A report without what only the sinks need: what is remembered and answered. */
export type ReportView = Omit<Report, 'filter' | 'splits' | 'issues' | 'spans' | 'timings' | 'held'> & {
  /** The filter's `top` first trending issues, by score. */
  readonly listed: readonly ReportIssue[];
  /** The biggest combinations of the filter's tags, over all issues, most events first; null: not kept. */
  readonly tags: readonly TagCount[] | null;
};

/** Events with one combination of the filter's tags. */
export interface TagCount {
  /** By tag name; tags the events lack are absent. */
  readonly tags: Readonly<Record<string, string>>;
  readonly events: number;
}

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
  /** For the filter's rules; absent: they want none. */
  readonly spans?: readonly SpanUsers[] | undefined;
  /** As the reading has them, and so for the next. */
  readonly timings?: readonly Timing[] | undefined;
  readonly held?: number | undefined;
  readonly url: string | null;
}

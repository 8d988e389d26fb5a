import type { SpanUsers } from './alerting/span-users.ts';
import type { Timing } from './events/timing.ts';
import type { Fault } from './fault.ts';
import type { Filter } from './filter.ts';
import type { Gap } from './gap.ts';
import { DAY_MS, HOUR_MS, PERIOD_MS, type Window } from './window.ts';

/** One window of a source's own time series. */
export interface SeriesCount {
  /** Epoch ms, on the grid. */
  readonly start: number;
  readonly events: number;
  /** False: at least so many. */
  readonly complete: boolean;
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
  /** The source's own state: unresolved, resolved, ignored (archived) …; null: none given. */
  readonly status: string | null;
  /** The source's own sub-state, which lasts for days: new, escalating, regressed, archived_… ; null: none given. */
  readonly substatus: string | null;
  /** First event, in the filter's environments where the source tells them apart; epoch ms, null: it does not say. */
  readonly firstSeen: number | null;
  /** Name of the person or team; null: nobody. */
  readonly assignee: string | null;
}

/** An issue came back after it had been resolved, as the source noted it when an event came in. Epoch ms. */
export interface IssueReturn {
  readonly at: number;
  /** Since when any event would bring it back. Null: not known, or only an event of a newer release would. */
  readonly resolvedAt: number | null;
}

/** Whose time `firstSeen` is: the first event's own, or when that came in, which is a little later. */
export type FirstSeenBy = 'event' | 'arrival';

export const BASELINES = ['1h', '1d', '7d'] as const;
export type BaselineName = (typeof BASELINES)[number];

/**
 * The hour before the window; or 65 minutes (13 windows) around the clock hour that holds it, one or seven days ago:
 * the same for all windows of that hour, on every server.
 */
export function baselineSpan(name: BaselineName, { start }: Window): Window {
  if (name === '1h') return { start: start - HOUR_MS, end: start };
  const hour = Math.floor(start / HOUR_MS) * HOUR_MS - (name === '1d' ? DAY_MS : 7 * DAY_MS);
  return { start: hour - PERIOD_MS, end: hour + HOUR_MS };
}

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
  /** Slug of the organization that was asked. */
  readonly org: string;
  /** One per resolved project of the filter, in the filter's order, zeros included. */
  readonly totals: readonly Total[];
  /** Most events first, ties by issue id; empty when only totals were wanted. */
  readonly issues: readonly IssueRow[];
  readonly splits: readonly Split[];
  /** By issue id. Decoration: a missing one is a gap, never a fault. */
  readonly details: ReadonlyMap<string, Details>;
  /** Of the details; absent: the event's own time. */
  readonly firstSeenBy?: FirstSeenBy | undefined;
  /** By issue id, of biggest issues that the source calls regressed. An issue that is not here: it does not say. */
  readonly returns?: ReadonlyMap<string, readonly IssueReturn[]> | undefined;
  /** Of the 100 biggest issues, as far as they could be read. Decoration, like details. */
  readonly baselines: readonly Baseline[];
  /** Events that are in the totals and in no row. */
  readonly unattributed: number;
  /** What the filter's rules want (`spansWanted`); absent: nothing, or only totals were wanted. Never a gap. */
  readonly spans?: readonly SpanUsers[] | undefined;
  /** How long things took that logs tell of; absent: none tells of anything. */
  readonly timings?: readonly Timing[] | undefined;
  /**
   * Events of these projects that the event store had in the window, whichever the filter counts: of more, the window
   * is read again. Absent: they are not out of the store.
   */
  readonly held?: number | undefined;
  readonly gaps: readonly Gap[];
  /** Odd but harmless things a person should know, such as a list that the server does not show. */
  readonly warnings: readonly string[];
  /** The same search for a person, or null. */
  readonly url: string | null;
}

/** One filter and window to be read. */
export interface Ask {
  readonly filter: Filter;
  readonly window: Window;
  /** totals: counts only; full: with issues, splits and details. */
  readonly want: 'totals' | 'full';
}

export type Answer = { readonly ask: Ask; readonly reading: Reading } | { readonly ask: Ask; readonly fault: Fault };

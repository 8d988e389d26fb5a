import type { ChosenIssues } from '../tickets/choose.ts';
import type { Filter } from '../../../core/model/filter.ts';
import type { FiltersInForce } from '../../../core/ports/filters-in-force.ts';
import type { Window } from '../../../core/model/window.ts';
import type { OnError } from '../../../core/ports/ledger.ts';
import type { AlertsDetail, AlertsNow } from './alerts/model.ts';
import type { TagCount } from '../../../core/model/report.ts';
import type { Severity } from '../../../core/model/alerting/rule.ts';
import type { LateCount, ReceiptSeen, ReportSeen, RunView, WindowCount } from '../../../core/ports/read-model.ts';

export type { AlertsDetail, AlertsNow } from './alerts/model.ts';

/** Where the numbers of a page come from. */
export interface Origin {
  readonly counts: 'ledger' | 'source' | 'memory';
  readonly runs: 'ledger' | 'memory';
  /** Of the source's series: when they were read, epoch ms. */
  readonly readAt: number | null;
  /** What a person should know of them. */
  readonly troubles: readonly OriginTrouble[];
  /** Filters whose counts are not there yet. */
  readonly pending: number;
  /** Some bars may be the source's own. */
  readonly hasSeries: boolean;
}

export interface OriginTrouble {
  /** What could not be read or written: the shared ledger, the source's time series, counts by hour, more events. */
  readonly of: 'ledger' | 'writes' | 'series' | 'hours' | 'events';
  /** For people. */
  readonly text: string;
}

/** One bar: a window, or several that belong together. */
export interface Slot extends WindowCount {
  /** Windows of it that were counted; absent: the one that it is. What is not all of it is not complete. */
  readonly counted?: number;
  /** Windows of it that should be counted by now; absent: the one that it is. */
  readonly due?: number;
  /** Sentry's own series says so; nothing was counted here. */
  readonly from?: 'source';
}

/** Something that lasted, to be marked on every chart. Epoch ms. */
export interface Mark {
  readonly kind: 'outage' | 'deploy';
  readonly start: number;
  readonly end: number;
  /** For people. */
  readonly text: string;
}

export type { TagCount } from '../../../core/model/report.ts';
export type { LateCount } from '../../../core/ports/read-model.ts';

/** What only a filter's own page shows. */
export interface FilterDetail {
  /** As its file has it; null: no file names it any more. */
  readonly asks: Filter | null;
  /** In the last counted window, most first, over all issues; null: not kept. */
  readonly tags: readonly TagCount[] | null;
  readonly late: readonly LateCount[];
  /** Events of an issue by its id, one a slot of the span; null: not known. Issues of the last report alone. */
  readonly issues: ReadonlyMap<string, readonly (number | null)[]>;
  /** What it asks Sentry, as Sentry's query; null: nobody says. */
  readonly query: string | null;
  /** Its rules and what they said; null: it has none, or nobody knows. */
  readonly alerts: AlertsDetail | null;
}

/** Nothing of it is known. */
export const NO_DETAIL: FilterDetail = {
  asks: null,
  tags: null,
  late: [],
  issues: new Map(),
  query: null,
  alerts: null,
};

/** Slots that what is usual is taken from, and how many of them must be counted whole. */
export const USUAL = { slots: 12, atLeast: 6 };

/** One filter on a page. */
export interface FilterData {
  readonly name: string;
  readonly team: string | null;
  readonly runbook: string | null;
  readonly projects: readonly string[];
  /** False: it stands in no filters file any more, or in that of another server. */
  readonly configured: boolean;
  /** One a slot of the span (`PageData.step`); null: not counted. */
  readonly windows: readonly (Slot | null)[];
  /** The same of the span before, as long; empty: not asked for. */
  readonly before: readonly (Slot | null)[];
  /** Of the current window; null: not counted. */
  readonly now: WindowCount | null;
  /** The middle of the counts of the hour before; null: too few are known. */
  readonly usual: number | null;
  /** Windows of the hour before the current one that were not counted, since the first that was. */
  readonly missed: number;
  readonly report: ReportSeen | null;
  /** The same search in the source, as a page for people, for a stretch of time; null: nobody knows its address. */
  readonly searchUrl: (span: Window) => string | null;
  /** Why the current window could not be read; '' when it could, or when nobody knows. */
  readonly fault: string;
  readonly receipts: readonly ReceiptSeen[];
  /** The worst of its alerts that last; null: none does, or nobody knows. */
  readonly firing: Severity | null;
}

/** All that a page shows. Times are epoch ms. */
export interface PageData {
  readonly now: number;
  readonly server: string;
  readonly dryRun: boolean;
  /** The service remembers since then; without a ledger it knows of no earlier run. */
  readonly since: number;
  readonly origin: Origin;
  /** How this server works while the shared ledger does not; null: there is none. */
  readonly onError: OnError | null;
  readonly runs: readonly RunView[];
  /** The window that was counted last; null: none was. */
  readonly current: Window | null;
  /** Windows that should have been counted since. */
  readonly overdue: number;
  readonly span: Window;
  /** What one slot of the span takes, ms. */
  readonly step: number;
  /** What lasted in the span. */
  readonly marks: readonly Mark[];
  readonly filters: readonly FilterData[];
  readonly sinks: readonly string[];
  /** What rules have come to; null: there are none, or an instant that is over is looked at; unread: nobody knows. */
  readonly alerts: AlertsNow | 'unread' | null;
  /** Somebody may be told something: there is a page of messages. */
  readonly hasMessages: boolean;
  /** Of a page of issues. */
  readonly chosen?: ChosenIssues | undefined;
  /** People may act from the pages. */
  readonly hasActions: boolean;
  /** Faulty filter files. */
  readonly files: FiltersInForce['faults'];
  /** What of the address was not taken, for people: a sentence each. */
  readonly faults: readonly string[];
}

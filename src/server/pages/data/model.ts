import type { FiltersInForce } from '../../../core/ports/filters-in-force.ts';
import type { Window } from '../../../core/model/window.ts';
import type { OnError } from '../../../core/ports/ledger.ts';
import type { ReceiptSeen, ReportSeen, RunView, WindowCount } from '../../../core/ports/read-model.ts';

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
}

export interface OriginTrouble {
  /** What could not be read or written: the shared ledger, or the source's time series. */
  readonly of: 'ledger' | 'writes' | 'series';
  /** For people. */
  readonly text: string;
}

/** One filter on a page. */
export interface FilterData {
  readonly name: string;
  readonly team: string | null;
  readonly runbook: string | null;
  readonly projects: readonly string[];
  /** False: it stands in no filters file any more, or in that of another server. */
  readonly configured: boolean;
  /** One a window of the span; null: not counted. */
  readonly windows: readonly (WindowCount | null)[];
  /** Of the current window; null: not counted. */
  readonly now: WindowCount | null;
  /** The middle of the counts of the hour before; null: too few are known. */
  readonly usual: number | null;
  readonly report: ReportSeen | null;
  /** Why the current window could not be read; '' when it could, or when nobody knows. */
  readonly fault: string;
  readonly receipts: readonly ReceiptSeen[];
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
  readonly filters: readonly FilterData[];
  readonly sinks: readonly string[];
  /** Faulty filter files. */
  readonly files: FiltersInForce['faults'];
}

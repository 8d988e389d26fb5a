import type { SeriesCount } from '../model/reading.ts';
import type { Delivered } from '../model/receipt.ts';
import type { ReportIssue, ReportView } from '../model/report.ts';
import type { RunOutcome } from '../model/verdict.ts';
import type { Window } from '../model/window.ts';

/** A run as people look at it. Times are epoch ms. */
export interface RunView {
  readonly runId: string;
  readonly server: string;
  readonly window: Window;
  readonly startedAt: number;
  /** Null: under way, or its server died. */
  readonly endedAt: number | null;
  readonly outcome: RunOutcome | null;
  /** How many. */
  readonly reports: number;
  readonly sourceRequests: number | null;
}

/** One window of a filter as it was counted last, over all its projects. */
export interface WindowCount extends SeriesCount {
  /** How often it was counted anew. */
  readonly revision: number;
}

/** What was counted. */
export interface CountsRead {
  /** By filter, in order. Filters without any are absent. */
  readonly counts: ReadonlyMap<string, readonly WindowCount[]>;
  /** When the newest of it was recorded; 0: nobody knows. */
  readonly until: number;
}

/** Windows of one hour of a filter, as they were counted last. */
export interface HourCount extends Omit<SeriesCount, 'complete'> {
  /** How many were counted, and those of them that are complete. */
  readonly windows: number;
  readonly complete: number;
  /** Of the window that was counted anew most often. */
  readonly revision: number;
}

/** What was counted, by hour. */
export interface HoursRead {
  /** By filter, in order, made one after the other. Filters without any are absent. */
  readonly hours: Iterable<readonly [filter: string, hours: readonly HourCount[]]>;
  /** When the newest of it was recorded; 0: nobody knows. */
  readonly until: number;
  /** What was recorded later than that is not in it: it has to be added up first. Null: all is. */
  readonly from: number | null;
}

/** A report as it was counted last. */
export interface ReportSeen extends Omit<ReportView, 'listed'> {
  readonly filter: string;
  /** By rank, as many as were kept, of the first count: only totals are counted again. */
  readonly issues: readonly ReportIssue[];
}

/** A window whose count changed after it was sent. */
export interface LateCount {
  /** Of the window, epoch ms. */
  readonly start: number;
  /** At first, and now; null: they cannot be compared. */
  readonly first: number | null;
  readonly events: number | null;
}

/**
 * - done: every item has its final outcome
 * - in hand: a server is at it
 * - open: nobody is at it; what is missing may be sent by the next run that is asked for it
 * - unledgered: delivered by this server, and no ledger knows of it yet
 * - skipped: a debug run
 */
export type ReceiptState = 'done' | 'in hand' | 'open' | 'unledgered' | 'skipped';

/** Which report at which sink. */
export interface ReceiptKey {
  readonly reportId: string;
  readonly revision: number;
  readonly sink: string;
}

/** What became of a report at a sink. */
export interface ReceiptSeen {
  readonly key: ReceiptKey;
  readonly state: ReceiptState;
  /** Null: nothing is known yet. */
  readonly receipt: Delivered | null;
  /** Which server had it last. */
  readonly server: string;
}

/** What people look at, over all servers. Reads only. */
export interface ReadModel {
  /** The newest first, at most `limit` of each server, of those that began in [since, until) (epoch ms). */
  runs(since: number, limit: number, until?: number): Promise<readonly RunView[]>;
  /**
   * Of these filters, the windows that start in [from, to). `since`: only what was recorded from then on, by the clock
   * that `until` tells.
   */
  counts(filters: readonly string[], from: number, to: number, since?: number): Promise<CountsRead>;
  /** The same by hours that start in [from, to). `since`: only hours of which something was recorded from then on. */
  hours(filters: readonly string[], from: number, to: number, since?: number): Promise<HoursRead>;
  /**
   * What was recorded from then on, by the clock of `until`, as a text: another one when there is more, or something
   * was recorded again.
   */
  recorded(since: number): Promise<string>;
  /** Start of the first window that was counted, by filter, epoch ms. Filters without any are absent. */
  firsts(filters: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Those of the spans in which a window of any of these filters was counted. */
  countedIn(filters: readonly string[], spans: readonly Window[]): Promise<readonly Window[]>;
  /** Windows that start in the span, in order. */
  late(filter: string, span: Window): Promise<readonly LateCount[]>;
  /** Those that are known. `issues`: trending, when no others need to be there; all unless given. */
  reports(ids: readonly string[], issues?: 'all' | 'trending'): Promise<readonly ReportSeen[]>;
  /** Those that are known. */
  receipts(keys: readonly ReceiptKey[]): Promise<readonly ReceiptSeen[]>;
}

import type { Answer, Ask, Fault, Filter, Item, Outcome, Report, ReportIssue, Window } from './types.ts';

/** Log lines as pino takes them: values as fields, static text. */
export interface Log {
  debug(fields: object, text: string): void;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
  child(fields: object): Log;
}

/** What a source or sink is given for one run: its limits, its log, and where to note what it saw. */
export interface Scope {
  readonly runId: string;
  /** Aborted at the deadline and at shutdown; everything in flight ends then. */
  readonly signal: AbortSignal;
  /** Epoch ms; waits that would pass it are not begun. */
  readonly deadline: number;
  /** Carries the run id. */
  readonly log: Log;
  /** Counts requests and compares clocks; the same object for all parts of a run. */
  readonly meter: Meter;
  /** Asked before each try of a request: false, and it is not made. Absent: nothing speaks against it. Never rejects. */
  mayTry?(): Promise<boolean>;
}

export interface Meter {
  /** A request left for the source (each try counts). */
  requested(): void;
  /** A request left for a sink (its tries count as one). */
  sent(): void;
  /** The source's clock, from an answer's `Date` header: our clock minus its clock, ms. `errorMs`: half the round trip. */
  sawClock(skewMs: number, errorMs: number): void;
}

export interface Source {
  readonly name: string;
  /** Looks up ahead what every read will need. Gives back what a person should mend, in sentences; never rejects. */
  prepare(filters: readonly Filter[], scope: Scope): Promise<readonly string[]>;
  /** Yields one answer per ask, as soon as it is there, in any order. One filter's trouble is its own `fault`. */
  read(asks: readonly Ask[], scope: Scope): AsyncIterable<Answer>;
  /** Whether asks of one read share most of what they cost, so that a run should not be read in parts. Absent: each costs by itself. Never rejects. */
  sharesReading?(scope: Scope): Promise<boolean>;
}

/** The most that one request of a sink may hold. */
export interface Limits {
  readonly items: number;
  /** Of the JSON array of the bodies, UTF-8, before compression. */
  readonly bytes: number;
}

export interface Sink<T = Report> {
  /** Instance name: keys, receipts and logs use it. */
  readonly name: string;
  /** Sending the same item twice does no harm, so uncertain ones may be sent again. */
  readonly repeatSafe: boolean;
  /** Older windows are lost at this vendor, ms. */
  readonly maxAgeMs?: number | undefined;
  readonly limits: Limits;
  /** The records for `thing`. Pure: no clock, no I/O, no randomness. */
  encode(thing: T): readonly Item[];
  /** The records that bring this sink from the totals it was told last to higher ones. Pure, like `encode`. Absent: it cannot be corrected. */
  encodeCorrection?(told: Pick<Report, 'totals'>, report: Report): readonly Item[];
  /** Why it cannot be corrected as it is set up, and what to do. */
  readonly uncorrectable?: string | undefined;
  /** One request; the outcomes have the length and order of the items. Never rejects for what a vendor does. */
  send(items: readonly Item[], scope: Scope): Promise<readonly Outcome[]>;
}

/** What became of one report in one run, as the answer shows it. */
export interface ReportResult {
  readonly id: string;
  readonly filter: Filter;
  readonly window: Window;
  /** Null when the filter could not be read; `fault` says why. */
  readonly report: ReportView | null;
  readonly fault?: Fault | undefined;
  /** By sink name. */
  readonly sinks: Readonly<Record<string, Receipt>>;
}

/** A report without what only the sinks need: what is remembered and answered. */
export type ReportView = Omit<Report, 'filter' | 'splits' | 'issues'> & {
  /** The filter's `top` first trending issues, by score. */
  readonly listed: readonly ReportIssue[];
};

/** Counts and references of one report's items at one sink. */
export interface Delivered {
  readonly accepted: number;
  readonly refused: readonly Refusal[];
  /** Items that may or may not have been stored. */
  readonly uncertain: number;
  /** Items that were certainly not stored. */
  readonly failed: number;
  /** The vendor's own ids of the requests. */
  readonly refs: readonly string[];
  readonly error?: string | undefined;
}

/** Why a run ended before its work was done. A closed list. */
export const RUN_ENDS = ['deadline', 'shutdown', 'clock'] as const;
export type RunEnd = (typeof RUN_ENDS)[number];

export const RUN_OUTCOMES = ['ok', 'partial', 'failed'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** How a run ended, for observers. */
export interface RunSummary {
  readonly outcome: RunOutcome;
  readonly runId: string;
  readonly window: Window;
  readonly durationMs: number;
  /** Filters in the run, and of those: not read or not wholly delivered; read with gaps. */
  readonly filters: number;
  readonly failed: number;
  readonly incomplete: number;
  /** Faulty filter files. */
  readonly faults: number;
  readonly sourceRequests: number;
  /** Windows of which a sink was told a higher count. */
  readonly corrections: number;
  readonly sinks: readonly string[];
  readonly clockSkewMs: number | null;
  /** Windows times filters that still are missing; null: not known, or there is no shared ledger. */
  readonly behind: number | null;
  readonly server: string;
  readonly version: string;
}

/** Is told how a run ended, after the answer went out. Its own trouble never fails a run. */
export interface Observer {
  readonly name: string;
  runEnded(summary: RunSummary, scope: Scope): Promise<void>;
}

/** An item that a sink refused. */
export interface Refusal {
  readonly key: string;
  readonly why: string;
}

/** What became of a report's items at one sink. */
export type Receipt =
  /** sent: every item has its final answer; failed: some may be sent again, or nothing was accepted. */
  | ({ readonly status: 'sent' | 'sent before' | 'failed'; readonly unledgered?: true | undefined } & Delivered)
  | { readonly status: 'in hand elsewhere' }
  | { readonly status: 'skipped'; readonly why: 'debug'; readonly items: readonly Item[] };

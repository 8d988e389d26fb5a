import type { Aftermath } from './aftermath.ts';
import type { SeenAlert } from './alerting/seen.ts';
import type { Fault } from './fault.ts';
import type { Filter } from './filter.ts';
import type { Receipt } from './receipt.ts';
import type { ReportView } from './report.ts';
import type { RunEnd, RunOutcome, Verdict } from './verdict.ts';
import type { Window } from './window.ts';

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
  /** Whether its rules were decided; absent: they were not to be. */
  readonly deciding?: Receipt | undefined;
}

/** What a run came to. Verdict and counts are of its own window; nothing that comes afterwards changes them. */
export interface RunResult {
  readonly runId: string;
  readonly window: Window;
  /** What cut the run short; null: nothing did. */
  readonly end: RunEnd | null;
  /** In the order of the filters. */
  readonly reports: readonly ReportResult[];
  readonly verdict: Verdict;
  /** Filters that were not read, or not wholly delivered. */
  readonly failed: number;
  /** Filters that were read with gaps. */
  readonly incomplete: number;
  readonly sourceRequests: number;
  readonly clockSkewMs: number | null;
  /** Of a plain run with a shared ledger. */
  readonly after?: Aftermath | undefined;
  /** What rules said, and whom it was told; absent: no filter has any, or nobody could be told. */
  readonly alerts?: readonly SeenAlert[] | undefined;
  readonly durationMs: number;
}

/** How a run ended, for listeners. */
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
  /** Alerts that last, of all servers; null: not known, or nobody is told of any. */
  readonly alertsFiring: number | null;
  /** Messages of this server since its last plain run that were lost; null: nobody is told anything. */
  readonly messagesFailed: number | null;
  /** Channels that reach nobody, by their names in files. Absent: nobody is told anything, or none does. */
  readonly unheard?: readonly string[] | undefined;
  readonly server: string;
  readonly version: string;
}

import type { Report, ReportView } from '../model/report.ts';
import type { RunOutcome } from '../model/verdict.ts';
import type { Window } from '../model/window.ts';

/** A run, as it is remembered when it begins. */
export interface RunBegun {
  readonly runId: string;
  readonly window: Window;
  /** How many. */
  readonly reports: number;
}

export interface RunDone {
  readonly runId: string;
  readonly outcome: RunOutcome;
  readonly sourceRequests: number;
  readonly sinkRequests: number;
  /** Our clock minus the source's, ms; null or absent: no source said what time it is. */
  readonly clockSkewMs?: number | null | undefined;
}

/** What was read and what ran, for repeats. */
export interface History {
  /** The latest reading of a report and revision holds, unless a sink has already been told an earlier one. */
  put(reports: readonly Report[]): Promise<void>;
  /** The reports as they were answered, by id; those that are known. */
  get(reportIds: readonly string[]): Promise<ReadonlyMap<string, ReportView>>;
  began(run: RunBegun): Promise<void>;
  ended(run: RunDone): Promise<void>;
}

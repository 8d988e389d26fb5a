import type { Receipt } from './receipt.ts';
import type { RunEnd, Verdict } from './verdict.ts';
import type { Window } from './window.ts';

/** What a plain run did once its own window was delivered. */
export interface Aftermath {
  /** Null: there was none, because it is off or broke. */
  readonly catchUp: CatchUp | null;
  /** Null: likewise. */
  readonly recount: Recounting | null;
}

/** What a run did, after its own window, for windows that were not delivered. */
export interface CatchUp {
  /** The oldest first. */
  readonly windows: readonly Filled[];
  /** Windows times filters that still are missing; null: the ledger cannot say. */
  readonly behind: number | null;
  /** What no run will catch up any more. */
  readonly tooOld: readonly TooOld[];
  /** Why something was left; null: nothing was, or another run of this process is at it. */
  readonly stopped: Stop | null;
  readonly durationMs: number;
}

/** A project's count that changed. */
export interface Change {
  readonly project: string;
  /** Null: it could not be counted before. */
  readonly from: number | null;
  readonly to: number;
}

/** What became of one window of the backlog. */
export interface Filled {
  readonly window: Window;
  /** Filters of which something was missing. */
  readonly reports: number;
  /** How many could not be read. */
  readonly unread: number;
  /** By sink, how many receipts of each status. */
  readonly sinks: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The first thing that went wrong. */
  readonly error: string | null;
  readonly verdict: Verdict;
}

/**
 * - trouble: a sink or the source failed again and again, and the rest was left for the next run
 * - ledger: it cannot be reached, so nobody knows what is missing
 */
export type Stop = RunEnd | 'trouble' | 'ledger';

/** What was not tried, and why; null: all was. */
export interface Rest {
  readonly missing: readonly Missing[];
  readonly stopped: Stop | null;
}

/** Windows that a sink no longer takes, or that are beyond the reach of the catch-up. */
export interface TooOld {
  readonly sink: string;
  /** Windows times filters. */
  readonly reports: number;
  /** Of the first and the last window, epoch ms. */
  readonly from: number;
  readonly to: number;
}

/** A filter's way to one sink. */
export interface Route {
  readonly filter: string;
  readonly sink: string;
}

/** A window that a filter's way to a sink lacks. */
export interface Missing extends Route {
  /** Of the window, epoch ms. */
  readonly start: number;
  /** Somebody has it in hand. */
  readonly held: boolean;
  /** Its items are kept: nothing needs to be read. */
  readonly kept: boolean;
}

/** How many events of a filter came later than the first count, over the windows that were counted again. */
export interface LateShare {
  readonly filter: string;
  readonly revision: number;
  readonly windows: number;
  readonly events: number;
  readonly late: number;
}

/** A window whose count changed after it was reported. */
export interface Correction {
  /** Of the report. */
  readonly id: string;
  readonly filter: string;
  readonly window: Window;
  readonly revision: number;
  /** Of all projects together. */
  readonly from: number;
  readonly to: number;
  /** Those that changed. Fewer events than before are only noted here. */
  readonly projects: readonly Change[];
  /** By sink name. */
  readonly sinks: Readonly<Record<string, Receipt>>;
}

/** What a run did about events that came late. */
export interface Recounting {
  readonly corrections: readonly Correction[];
  /** Of the last day's windows. */
  readonly late: readonly (LateShare & { readonly stage: string })[];
}

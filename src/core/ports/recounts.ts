import type { LateShare } from '../model/aftermath.ts';
import type { Filter } from '../model/filter.ts';
import type { Gap } from '../model/gap.ts';
import type { ClaimKey } from '../model/receipt.ts';
import type { Report } from '../model/report.ts';
import type { Window } from '../model/window.ts';

/** An age at which closed windows are counted again. */
export interface Stage {
  /** As it was set: `10m`. */
  readonly name: string;
  /** After the window's end and the settle time, ms. */
  readonly ms: number;
}

/** A window that was counted, to be counted again. */
export interface DueCount {
  readonly reportId: string;
  readonly filter: string;
  readonly window: Window;
}

/** One count of a report. */
export interface Count {
  readonly revision: number;
  readonly totals: Report['totals'];
  readonly gaps: readonly Gap[];
}

export interface Told extends Pick<ClaimKey, 'revision' | 'sink'> {
  /** The window was read again for this sink, after the reading that is kept: what it was told is not known. */
  readonly isUnknown: boolean;
}

/** What is known of a report that was counted before. */
export interface KnownCounts {
  /** By revision; not empty. */
  readonly counts: readonly Count[];
  /** The revisions that sinks were told, or will be. */
  readonly told: readonly Told[];
  /** The filter counts the same events as it did then. */
  readonly isSameFilter: boolean;
}

/** What a recount came to. */
export interface Recounted extends DueCount {
  readonly revision: number;
  /** Events at first and now; null: they cannot be compared. */
  readonly events: { readonly first: number; readonly now: number } | null;
}

/** What a shared ledger knows of windows that are counted again: how often, and for whom. */
export interface Recounts {
  /** Rising; the n-th makes revision n. Empty: nothing is counted again. */
  readonly stages: readonly Stage[];
  /** Names of the sinks that get a higher count; undefined: those in which that does no harm. */
  readonly sinks: readonly string[] | undefined;
  /**
   * Windows that start in [from, to) and that were counted, but not at this revision, nor first read so late that this
   * count would be the same, the oldest first.
   */
  due(ask: {
    readonly filters: readonly string[];
    readonly revision: number;
    readonly from: number;
    readonly to: number;
    readonly most: number;
    /** A reading that is made so long after the window's end is as good as this count, ms. */
    readonly isFreshAfterMs: number;
  }): Promise<readonly DueCount[]>;
  /** By report id; those that are known. */
  look(
    reports: readonly { readonly reportId: string; readonly filter: Filter }[],
  ): Promise<ReadonlyMap<string, KnownCounts>>;
  note(found: readonly Recounted[]): Promise<void>;
  /**
   * Corrections of windows that start at `from` or later, that their sinks do not have yet, the oldest first; none
   * before what the sink was to be told earlier.
   */
  open(filters: readonly string[], from: number): Promise<readonly ClaimKey[]>;
  /** Of windows that start at `from` or later. */
  shares(filters: readonly string[], from: number): Promise<readonly LateShare[]>;
}

/** Who counts a report again holds a claim in this name, which no sink has: one at a time, whatever the revision. */
export const COUNTER = '(recount)';

import type { Delivered, ReportView, RunOutcome } from './ports.ts';
import type { Filter, Gap, Item, Outcome, Report, Window } from './types.ts';
import type { Views } from './views.ts';

/** One report and one sink: what is claimed, delivered once and remembered. */
export interface ClaimKey {
  readonly reportId: string;
  readonly revision: number;
  readonly sink: string;
}

/** A claim that was granted. Whoever claims the same key after the lease ran out gets another token, and this one is worth nothing. */
export interface Hold {
  readonly key: ClaimKey;
  readonly token: string;
}

/**
 * - ours: deliver it; `delivered` holds, by item key, the final outcomes of earlier tries, `items` what was kept for sending
 * - done: it was delivered, `receipt` says how; `unledgered`: only this process knows of it
 * - held: somebody else has it in hand
 * - waiting: the ledger cannot be reached, and without it this must not be sent
 */
export type Claimed =
  | { readonly status: 'ours'; readonly token: string; readonly delivered: ReadonlyMap<string, Outcome>; readonly items?: readonly Item[] | undefined }
  | { readonly status: 'done'; readonly receipt: Delivered; readonly unledgered?: true }
  | { readonly status: 'held' }
  | { readonly status: 'waiting'; readonly why: string };

/** What a run says of a claim when it is through with it. */
export interface Settlement extends Hold {
  readonly receipt: Delivered;
  /** False: some items may be sent again by whoever claims it next. */
  readonly done: boolean;
  /** By item key, the outcomes of the items that must not be sent again. */
  readonly delivered: ReadonlyMap<string, Outcome>;
}

/** Who delivers what, so that each report reaches each sink once. */
export interface Claims {
  /** Same length and order as the keys. A claim ends by `settle`; once its lease of `leaseMs` ran out, anyone may take it over. */
  claim(keys: readonly ClaimKey[], leaseMs: number): Promise<readonly Claimed[]>;
  /** Starts the leases anew; false for those that were taken over or given back. */
  renew(holds: readonly Hold[], leaseMs: number): Promise<readonly boolean[]>;
  /** Remembers what was delivered and gives the claims back. False, and nothing is changed, for those that were taken over; `unledgered`: only this process knows of it. */
  settle(done: readonly Settlement[]): Promise<readonly (boolean | 'unledgered')[]>;
  /** Claims made since (epoch ms) that are not done. */
  open(since: number): Promise<readonly ClaimKey[]>;
}

/** One window of a filter, as it was counted last. */
export interface Point {
  readonly window: Window;
  readonly revision: number;
  readonly complete: boolean;
  readonly totals: Report['totals'];
  readonly unattributed: number;
}

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
}

/** What was read and what ran, for repeats and charts. */
export interface History {
  /** The latest reading of a report and revision holds, unless a sink has already been told an earlier one. */
  put(reports: readonly Report[]): Promise<void>;
  /** The reports as they were answered, by id; those that are known. */
  get(reportIds: readonly string[]): Promise<ReadonlyMap<string, ReportView>>;
  /** A filter's windows that start in [from, to), epoch ms, in order. */
  series(filter: string, from: number, to: number): Promise<readonly Point[]>;
  began(run: RunBegun): Promise<void>;
  ended(run: RunDone): Promise<void>;
}

/** A report on its way to one sink. */
export interface Parcel {
  readonly key: ClaimKey;
  /** Of our claim; null: nobody's yet, it is kept for whoever claims it. */
  readonly token: string | null;
  readonly items: readonly Item[];
}

/** False: its claim was taken over. With a reason: it must wait for the ledger. */
export type MaySend = boolean | { readonly why: string };

export interface Kept {
  readonly report: Report;
  readonly parcels: readonly Parcel[];
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

/** What a shared ledger knows of windows that were not delivered. */
export interface Backlog {
  /** How far back a run looks for what it can catch up, ms; 0: not at all. */
  readonly reachMs: number;
  /** How far back everything that was delivered is known, ms. */
  readonly memoryMs: number;
  /**
   * Windows that start in [from, to), epoch ms on the grid, and are not done, oldest first. `recorded`: of each route only from the
   * window on that was recorded before any other of it; else all of them. Null: the ledger cannot be reached.
   */
  missing(routes: readonly Route[], from: number, to: number, which: 'recorded' | 'all'): Promise<readonly Missing[] | null>;
}

export const ON_ERROR = ['safe', 'send', 'stop'] as const;
/** While the ledger cannot be reached: serve only sinks where a repeat does no harm, serve all, or do nothing. */
export type OnError = (typeof ON_ERROR)[number];

/** - degraded: it cannot be reached, and this server works without it; down: it does not work */
export type Health = 'ready' | 'degraded' | 'down';

/** How servers share the work of one window. */
export interface Sharing {
  /** A claim lasts so long unless it is renewed, ms; Infinity: as long as its run. */
  readonly leaseMs: number;
  /** A run claims its filters in so many parts, so that other servers find some left. */
  readonly parts: number;
  /** A call costs something, so what is kept or settled waits a little for more. */
  readonly lingers: boolean;
  readonly onError: OnError;
}

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

/** How many events of a filter came later than the first count, over the windows that were counted again. */
export interface LateShare {
  readonly filter: string;
  readonly revision: number;
  readonly windows: number;
  readonly events: number;
  readonly late: number;
}

/** What a shared ledger knows of windows that are counted again: how often, and for whom. */
export interface Recounts {
  /** Rising; the n-th makes revision n. Empty: nothing is counted again. */
  readonly stages: readonly Stage[];
  /** Names of the sinks that get a higher count. */
  readonly sinks: readonly string[];
  /** Windows that start in [from, to) and that were counted, but not at this revision, the oldest first. */
  due(ask: { readonly filters: readonly string[]; readonly revision: number; readonly from: number; readonly to: number; readonly most: number }): Promise<readonly DueCount[]>;
  /** By report id; those that are known. */
  look(reports: readonly { readonly reportId: string; readonly filter: Filter }[]): Promise<ReadonlyMap<string, KnownCounts>>;
  note(found: readonly Recounted[]): Promise<void>;
  /** Corrections of windows that start at `from` or later, that their sinks do not have yet, the oldest first; none before what the sink was to be told earlier. */
  open(filters: readonly string[], from: number): Promise<readonly ClaimKey[]>;
  /** Of windows that start at `from` or later. */
  shares(filters: readonly string[], from: number): Promise<readonly LateShare[]>;
}

/** Memory of what reached which sink: of this process, or shared by several servers. */
export interface Ledger {
  readonly claims: Claims;
  readonly history: History;
  /** What people look at; absent: there is nothing but this process's memory. */
  readonly views?: Views | undefined;
  /** Keeps reports and their items before anything of them is sent. For each parcel, whether it may be. */
  keep(kept: readonly Kept[]): Promise<readonly (readonly MaySend[])[]>;
  /** Whether this sink is served while the ledger cannot be reached. */
  servesBlind(sink: string): boolean;
  readonly sharing: Sharing;
  /** Absent: nothing is remembered for long enough. */
  readonly recounts?: Recounts | undefined;
  /** Absent: one process's own memory, which has no past to look for holes in. */
  readonly backlog?: Backlog | undefined;
  /** At start. Rejects only when this program must not use the ledger; one that cannot be reached is tried again later. */
  open(): Promise<void>;
  /** How it is right now; never rejects. */
  health(): Promise<Health>;
  close(): Promise<void>;
}

import type { Courier, CourierDeps } from '../delivery/courier.ts';
import type { Leases } from '../delivery/leases.ts';
import type { Aftermath } from '../model/aftermath.ts';
import type { Filter } from '../model/filter.ts';
import type { ReportResult } from '../model/results.ts';
import type { RunEnd } from '../model/verdict.ts';
import type { Window } from '../model/window.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Scope } from '../ports/scope.ts';
import type { Sink } from '../ports/sink.ts';
import type { Source } from '../ports/source.ts';
import type { Backpressure } from './backpressure.ts';
import type { PendingCount } from './pending-count.ts';
import type { OpenScope, ScopeDeps } from './scope.ts';

/** Whatever happens here changes nothing of the run's own window. Never rejects. */
export type Afterwards = (work: Work, reports: readonly ReportResult[]) => Promise<Aftermath>;

/** Everything that one run works with. */
export interface Work {
  readonly request: RunRequest;
  readonly org: string;
  readonly source: Source;
  readonly sinks: readonly Sink[];
  readonly ledger: Ledger;
  readonly scope: OpenScope;
  readonly leases: Leases;
  readonly couriers: ReadonlyMap<string, Courier>;
  /** Answers that the source owes. */
  readonly reading: PendingCount;
  readonly backpressure: Backpressure;
  /** Each resolves once a report's items were handed to the couriers. */
  readonly handed: Promise<unknown>[];
}

/** Our clock and the source's may differ by this much, ms. */
export const MAX_SKEW_MS = 30_000;

export interface RunRequest {
  readonly runId: string;
  readonly filters: readonly Filter[];
  readonly window: Window;
  /** Names; undefined: each filter's own. */
  readonly sinks?: readonly string[] | undefined;
  /** The caller named the window, so a wrong clock here does no harm. */
  readonly windowGiven: boolean;
}

/** What a run is made of. The debug run's parts are other objects with the same interfaces. */
export interface Ports {
  readonly org: string;
  readonly source: Source;
  readonly sinks: readonly Sink[];
  readonly ledger: Ledger;
  courier(sink: Sink, leases: Leases, scope: Scope): Courier;
}

export interface RunResult {
  readonly runId: string;
  readonly window: Window;
  /** What cut the run short; null: nothing did. */
  readonly end: RunEnd | null;
  /** In the order of the filters. */
  readonly reports: readonly ReportResult[];
  readonly sourceRequests: number;
  readonly clockSkewMs: number | null;
  /** Of a plain run with a shared ledger. */
  readonly after?: Aftermath | undefined;
  readonly durationMs: number;
}

/** Who wants to know, or do more, once the window's own work is done. */
export interface RunHooks {
  delivered?(reports: readonly ReportResult[], end: RunEnd | null): void;
  readonly afterwards?: Afterwards | undefined;
}

export type RunDeps = CourierDeps & ScopeDeps;

import type { Courier, MakeCourier } from '../delivery/courier.ts';
import type { Leases } from '../delivery/leases.ts';
import type { Aftermath } from '../model/aftermath.ts';
import type { Order } from '../ports/order.ts';
import type { ReportResult } from '../model/results.ts';
import type { Messenger } from '../ports/alerting/messenger.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { ProgressListener } from '../ports/run-listener.ts';
import type { Sink } from '../ports/sink.ts';
import type { Source } from '../ports/source.ts';
import type { Backpressure } from './backpressure.ts';
import type { PendingCount } from './pending-count.ts';
import type { OpenScope } from './scope.ts';

/** What a run is made of. The debug run's parts are other objects with the same interfaces. */
export interface Ports {
  readonly source: Source;
  readonly sinks: readonly Sink[];
  readonly ledger: Ledger;
  readonly courier: MakeCourier;
  readonly progress: ProgressListener;
  /** Absent: there is no channel. */
  readonly messenger?: Messenger | undefined;
}

/** Everything that one run works with. */
export interface Work extends Ports {
  readonly order: Order;
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

/** Whatever happens here changes nothing of the run's own window. Never rejects. */
export type Afterwards = (work: Work, reports: readonly ReportResult[]) => Promise<Aftermath>;

import type { WindowFacts } from '../../model/alerting/facts.ts';
import type { AlertStore } from '../../ports/alerting/alert-store.ts';
import type { ToDecide } from '../../ports/alerting/decider.ts';
import type { Kinds } from '../judge/kinds.ts';

/** A window that is to be decided: for the first time, or because it was counted anew. */
export interface FreshWindow extends ToDecide {
  /** As it was counted before, where the store no longer says. */
  readonly before?: WindowFacts | undefined;
}

/** What deciding works with, by the clock that all servers share. */
export interface DecideDeps {
  readonly alerts: AlertStore;
  /** Epoch ms. */
  readonly now: number;
  /** When the files with these filters were read, epoch ms. */
  readonly loadedAt: number;
  /** Address of the filter's page; null: there is none. */
  pageOf(filter: string): string | null;
  /** What sentences mean; absent: as they do. */
  readonly kinds?: Kinds | undefined;
}

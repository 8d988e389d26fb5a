import type { WindowFacts } from '../../model/alerting/facts.ts';
import type { AlertStore } from '../../ports/alerting/alert-store.ts';
import type { Decision, ToDecide } from '../../ports/alerting/decider.ts';
import type { Unjudged } from '../fold/fold.ts';
import type { Kinds } from '../judge/kinds.ts';

/** A window that is to be decided: for the first time, or because it was counted anew. */
export interface FreshWindow extends ToDecide {
  /** Its totals alone were counted again: of its issues what is known stays. */
  readonly isTotalsOnly?: boolean | undefined;
  /** As it was counted before, where the store no longer says. */
  readonly before?: WindowFacts | undefined;
}

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

/** What became of one window. */
export interface DecidedWindow extends Decision {
  /** What could not be judged for a day; with the oldest window of its filter. */
  readonly unjudged: readonly Unjudged[];
}

import type { WindowFacts } from '../../model/alerting/facts.ts';
import type { Telling } from '../../model/alerting/alert.ts';
import type { Filter } from '../../model/filter.ts';
import type { Window } from '../../model/window.ts';
import type { AlertStore } from '../../ports/alerting/alert-store.ts';
import type { Unjudged } from '../fold/fold.ts';
import type { Kinds } from '../judge/kinds.ts';

/** A window that is to be decided: for the first time, or because it was counted anew. */
export interface FreshWindow {
  readonly filter: Filter;
  readonly facts: WindowFacts;
  /** Its totals alone were counted again: of its issues what is known stays. */
  readonly isTotalsOnly?: boolean | undefined;
  /** As it was counted before, when the store no longer says. */
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
  /** Names of a filter's rules that a faulty file keeps from being decided: they stay as they are. Absent: none. */
  frozen?(filter: string): readonly string[];
  /** What sentences mean; absent: as they do. */
  readonly kinds?: Kinds | undefined;
}

/** What became of one window. */
export interface DecidedWindow {
  readonly filter: string;
  readonly window: Window;
  /** Told by it, those that were known included; and by the oldest window of a filter, what it changed in later ones. */
  readonly tellings: readonly Telling[];
  /** Rules that broke, by whatever they broke: a failure of ours. All others were decided. */
  readonly broken: readonly { readonly rule: string; readonly error: string }[];
  /** What could not be judged for a day. */
  readonly unjudged: readonly Unjudged[];
  /** The files of another server are newer: nothing was decided. */
  readonly isOutdated: boolean;
}

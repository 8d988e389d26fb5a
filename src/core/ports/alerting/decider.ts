import type { Telling } from '../../model/alerting/alert.ts';
import type { WindowFacts } from '../../model/alerting/facts.ts';
import type { Filter } from '../../model/filter.ts';

/**
 * The rules of a report are decided under a claim in this name, beside those of its sinks. No sink has it, and it
 * stands in no answer.
 */
export const ALERTS = '(alerts)';

/** Whether it can tell anybody of its windows. */
export function hasRules({ alerts = [] }: Pick<Filter, 'alerts'>): boolean {
  return alerts.length > 0;
}

/** Whether its windows are kept with their issues: for its rules, or for a digest. */
export function isDecided(filter: Pick<Filter, 'alerts' | 'digested'>): boolean {
  return hasRules(filter) || filter.digested === true;
}

/** One window of a filter with rules, as it was counted just now. */
export interface ToDecide {
  readonly filter: Filter;
  readonly facts: WindowFacts;
}

/** What could not be judged for a day. */
export interface Unjudged {
  readonly filter: string;
  readonly rule: string;
  readonly subject: string;
}

/** What the rules of a filter said of a window. */
export interface Decision {
  readonly filter: string;
  /** Start of the window, epoch ms. */
  readonly window: number;
  /** All that came of it, also of later windows that were decided anew; what was known before is among it. */
  readonly tellings: readonly Telling[];
  /** Rules that threw: nothing was decided by them, by all others it was. */
  readonly broken: readonly { readonly rule: string; readonly error: string }[];
  /** With the oldest window of its filter. */
  readonly unjudged: readonly Unjudged[];
  /** The filters of this server are older than those that decided last: nothing was decided. */
  readonly isOutdated: boolean;
}

/** Decides windows, each as often as it is asked: what comes of one is the same each time. In the order given. */
export type Decide = (all: readonly ToDecide[]) => Promise<readonly Decision[]>;

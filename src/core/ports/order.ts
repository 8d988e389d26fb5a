import type { Filter } from '../model/filter.ts';
import type { Window } from '../model/window.ts';

/**
 * - plain:  everything, over the last settled window: the cron's own run
 * - repair: some filters or sinks, or a window that somebody named
 * - debug:  shows what would be sent, sends nothing, remembers nothing
 */
export type RunKind = 'plain' | 'repair' | 'debug';

/** What a run is to do. */
export interface Order {
  readonly kind: RunKind;
  readonly filters: readonly Filter[];
  readonly window: Window;
  /** Names; undefined: each filter's own. */
  readonly sinks?: readonly string[] | undefined;
  /** The caller named the window, so a wrong clock here does no harm. */
  readonly windowGiven: boolean;
  /** It is no longer the last settled window: what has no history is read as it is now. */
  readonly isLate?: boolean | undefined;
}

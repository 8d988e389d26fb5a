import type { Missing, Route } from '../model/aftermath.ts';

/** What a shared ledger knows of windows that were not delivered. */
export interface Backlog {
  /** How far back a run looks for what it can catch up, ms; 0: not at all. */
  readonly reachMs: number;
  /** How far back everything that was delivered is known, ms. */
  readonly memoryMs: number;
  /**
   * Windows that start in [from, to), epoch ms on the grid, and are not done, oldest first. `recorded`: of each route
   * only from the
   * window on that was recorded before any other of it; else all of them. Null: the ledger cannot be reached.
   */
  missing(
    routes: readonly Route[],
    from: number,
    to: number,
    which: 'recorded' | 'all',
  ): Promise<readonly Missing[] | null>;
}

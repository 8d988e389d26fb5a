import type { ErrorEvent } from '../../../core/model/events/event.ts';
import type { Stored } from '../../../core/ports/events/event-store.ts';
import type { Taken } from '../../../core/ports/events/intake.ts';

/** What is read by all receives together. */
export interface Tally {
  /** How many messages may be received at once; 0: there were as many as are wanted. */
  reserve(most: number): number;
  /** So many of them did not come, or were no events. */
  free(count: number): void;
  /** `rejects`: that stand in the batch. */
  add(events: readonly ErrorEvent[], stored: Stored, rejects: number): void;
  taken(isDrained: boolean): Taken;
}

export function createTally(limit = Infinity): Tally {
  const issues = new Set<string>();
  const sum = { stored: 0, repeats: 0, rejects: 0 };
  let left = limit;
  return {
    reserve(most) {
      const some = Math.min(most, left);
      left -= some;
      return some;
    },
    free: (count) => void (left += count),
    add(events, { stored, repeats }, rejects) {
      for (const { issueId } of events) issues.add(issueId);
      sum.stored += stored;
      sum.repeats += repeats;
      sum.rejects += rejects;
    },
    taken: (isDrained) => ({ ...sum, read: sum.stored + sum.repeats + sum.rejects, issues, isDrained }),
  };
}

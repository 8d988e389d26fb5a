import type { ErrorEvent } from '../../../core/model/events/event.ts';
import type { Stored } from '../../../core/ports/events/event-store.ts';
import type { Taken } from '../../../core/ports/events/intake.ts';

/** What a look came to. */
export interface Counting {
  /** `rejects`: that stood in the batch. */
  add(events: readonly ErrorEvent[], stored: Stored, rejects: number): void;
  taken(isDrained: boolean): Taken;
}

export function createCounting(): Counting {
  const issues = new Set<string>();
  const sum = { stored: 0, repeats: 0, rejects: 0 };
  return {
    add(events, { stored, repeats }, rejects) {
      for (const { issueId } of events) issues.add(issueId);
      sum.stored += stored;
      sum.repeats += repeats;
      sum.rejects += rejects;
    },
    taken: (isDrained) => ({ ...sum, read: sum.stored + sum.repeats + sum.rejects, issues, isDrained }),
  };
}

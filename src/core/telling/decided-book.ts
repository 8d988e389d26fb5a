import type { Telling } from '../model/alerting/alert.ts';
import type { Decision } from '../ports/alerting/decider.ts';

/** What each run under way has decided. */
export interface DecidedBook {
  note(runId: string, decision: Pick<Decision, 'tellings'>): void;
  /** By key, what the run decided since it was asked for last. */
  take(runId: string): ReadonlyMap<string, Telling>;
}

export function openDecidedBook(): DecidedBook {
  const runs = new Map<string, Map<string, Telling>>();
  return {
    note(runId, { tellings }) {
      if (tellings.length === 0) return;
      const known = runs.get(runId) ?? new Map<string, Telling>();
      runs.set(runId, known);
      // NOTE: the first time counts: what is decided again by the same run is still its own.
      for (const telling of tellings) if (!known.has(telling.key)) known.set(telling.key, telling);
    },
    take(runId) {
      const found = runs.get(runId) ?? new Map<string, Telling>();
      runs.delete(runId);
      return found;
    },
  };
}

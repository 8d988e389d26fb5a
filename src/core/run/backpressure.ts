import type { Clock } from '../ports/clock.ts';
import { createPendingCount, type PendingCount } from './pending-count.ts';

/** What was read and is not sent yet, in issues. Of a thousand filters it would be most of the memory. */
export interface Backpressure extends Pick<PendingCount, 'add' | 'subtract'> {
  /**
   * Resolves when there is room for the next report, or when a run has waited long enough: a sink that is away holds
   * up the others no longer.
   */
  ease(): Promise<void>;
}

/** Some records for each: these are a few requests of each sink. */
const MOST_ISSUES = 2_000;
/** Of a run in all, ms. */
const PATIENCE_MS = 10_000;

export function createBackpressure(signal: AbortSignal, { now, sleep }: Clock): Backpressure {
  const unsent = createPendingCount();
  let patienceMs = PATIENCE_MS;
  return {
    add: unsent.add,
    subtract: unsent.subtract,
    async ease() {
      if (unsent.count() <= MOST_ISSUES || patienceMs <= 0 || signal.aborted) return;
      const [began, over] = [now(), new AbortController()];
      const late = sleep(patienceMs, AbortSignal.any([signal, over.signal])).catch(() => undefined);
      await Promise.race([unsent.atMost(MOST_ISSUES), late]);
      over.abort();
      patienceMs -= now() - began;
    },
  };
}

import type { ErrorEvent, Reject } from '../../../../core/model/events/event.ts';
import type { TimingPart } from '../../../../core/model/events/timing.ts';
import type { FileYield } from './follow-log.ts';

/** What was read and is not stored yet. */
export interface Piled {
  readonly events: readonly ErrorEvent[];
  readonly rejects: readonly Reject[];
  readonly notes: readonly Reject[];
  readonly timings: readonly TimingPart[];
}

export interface Pile {
  add(some: FileYield): void;
  addTimings(timings: readonly TimingPart[]): void;
  /** Of the longest of its lists; durations are few. */
  size(): number;
  /** All of it: it is empty then. */
  take(): Piled;
}

export function createPile(): Pile {
  let all = empty();
  return {
    add(some) {
      all.events.push(...some.events);
      all.rejects.push(...some.rejects);
      all.notes.push(...some.notes);
    },
    addTimings: (timings) => void all.timings.push(...timings),
    size: () => Math.max(all.events.length, all.rejects.length, all.notes.length),
    take() {
      const taken = all;
      all = empty();
      return taken;
    },
  };
}

function empty() {
  return { events: [] as ErrorEvent[], rejects: [] as Reject[], notes: [] as Reject[], timings: [] as TimingPart[] };
}

import { createPace, type Pace } from './pace.ts';

/** Who waits for one endpoint, and until when they must. */
export interface Lane {
  readonly pace: Pace;
  /** No request may leave now. */
  isClosed(): boolean;
  /** `leave`: takes the waiting one out of the line. Gives back what to call when it waits no more. */
  enter(waiting: Waiting): () => void;
  pause(ms: number): void;
  /** Sets the clock for the next one that may leave; `isFree`: there is a slot to leave with. */
  look(isFree: boolean): void;
}

export interface Waiting {
  /** Epoch ms */
  readonly deadline: number;
  leave(why: Error): void;
}

export interface LaneDeps {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Longer than any known limit's window (SA §8.3); a pause of nonsense must not silence us for days, ms. */
const MAX_PAUSE_MS = 300_000;

/** `goOn`: called when the time has come. */
export function createLane(everyMs: number, goOn: () => void, { now, sleep }: LaneDeps): Lane {
  const pace = createPace(everyMs);
  const waiting = new Set<Waiting>();
  let wake: { readonly due: number; readonly stop: AbortController } | null = null;
  const set = (due: number, ms: number): void => {
    const mine = { due, stop: new AbortController() };
    wake = mine;
    void sleep(ms, mine.stop.signal).then(() => {
      if (wake === mine) wake = null;
      goOn();
    }, () => undefined);
  };
  return {
    pace,
    isClosed: () => !pace.hasRoom() || pace.waitMs(now()) > 0,
    enter: (it) => {
      if (pace.waitMs(now()) > 0 && pace.pausedUntil() >= it.deadline) throw tooLate();
      waiting.add(it);
      return () => void waiting.delete(it);
    },
    pause: (ms) => {
      pace.pause(now(), Math.min(ms, MAX_PAUSE_MS));
      for (const { deadline, leave } of [...waiting]) if (pace.pausedUntil() >= deadline) leave(tooLate());
    },
    look: (isFree) => {
      const ms = isFree && waiting.size > 0 ? pace.waitMs(now()) : 0;
      const due = now() + ms;
      if (ms > 0 && wake?.due === due) return;
      wake?.stop.abort();
      wake = null;
      if (ms > 0) set(due, ms);
    },
  };
}

function tooLate(): Error {
  return new Error('paused beyond the deadline');
}

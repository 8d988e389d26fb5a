import { createRateLimit, type RateLimit } from './rate-limit.ts';

/** Who waits for one endpoint, and until when they must. */
export interface Endpoint {
  readonly rateLimit: RateLimit;
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

export interface EndpointDeps {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Longer than any known limit's window (SA §8.3); a pause of nonsense must not silence us for days, ms. */
const MAX_PAUSE_MS = 300_000;

/** `goOn`: called when the time has come. */
export function createEndpoint(everyMs: number, goOn: () => void, { now, sleep }: EndpointDeps): Endpoint {
  const rateLimit = createRateLimit(everyMs);
  const waiting = new Set<Waiting>();
  let wake: { readonly due: number; readonly stop: AbortController } | null = null;
  const set = (due: number, ms: number): void => {
    const mine = { due, stop: new AbortController() };
    wake = mine;
    void sleep(ms, mine.stop.signal).then(
      () => {
        if (wake === mine) wake = null;
        goOn();
      },
      () => undefined,
    );
  };
  return {
    rateLimit,
    isClosed: () => !rateLimit.hasRoom() || rateLimit.waitMs(now()) > 0,
    enter: (it) => {
      if (rateLimit.waitMs(now()) > 0 && rateLimit.pausedUntil() >= it.deadline) throw tooLate();
      waiting.add(it);
      return () => void waiting.delete(it);
    },
    pause: (ms) => {
      rateLimit.pause(now(), Math.min(ms, MAX_PAUSE_MS));
      for (const { deadline, leave } of [...waiting]) if (rateLimit.pausedUntil() >= deadline) leave(tooLate());
    },
    look: (isFree) => {
      const ms = isFree && waiting.size > 0 ? rateLimit.waitMs(now()) : 0;
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

import { TurnTooLate } from '../../../../core/model/errors.ts';
import { isoOf } from '../../../../core/model/window.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';

/** One endpoint of Sentry: its rate limit, who waits for it, and the timer for the next of them. */
export interface Endpoint {
  readonly rateLimit: RateLimit;
  /** No request may leave now. */
  isClosed(): boolean;
  /** Gives back what to call when it waits no more. Throws when a pause lasts beyond its deadline. */
  addWaiting(waiting: Waiting): () => void;
  pause(ms: number): void;
  /** Sets the timer for the next one that may leave; `hasSlot`: there is a slot to leave with. */
  setTimer(hasSlot: boolean): void;
}

export interface Waiting {
  /** Epoch ms */
  readonly deadline: number;
  giveUp(why: Error): void;
}

export interface Endpoints {
  /** The endpoint of that name, made when it is asked for first. */
  get(name: string): Endpoint;
  all(): Iterable<Endpoint>;
}

/** `intervals`: by endpoint, least time from one start to the next, ms. `schedule`: called when the time has come. */
export function createEndpoints(intervals: ReadonlyMap<string, number>, schedule: () => void, clock: Clock): Endpoints {
  const endpoints = new Map<string, Endpoint>();
  return {
    all: () => endpoints.values(),
    get: (name) => {
      const endpoint = endpoints.get(name) ?? createEndpoint(intervals.get(name) ?? 0, schedule, clock);
      endpoints.set(name, endpoint);
      return endpoint;
    },
  };
}

/** Longer than any known limit's window; a pause of nonsense must not silence us for days, ms. */
const MAX_PAUSE_MS = 300_000;
const MINUTE_MS = 60_000;

function createEndpoint(intervalMs: number, schedule: () => void, { now, sleep }: Clock): Endpoint {
  const rateLimit = createRateLimit(intervalMs);
  const waiting = new Set<Waiting>();
  /** Until when it asked us by a 429 to wait, epoch ms. */
  let limitedUntil = 0;
  let timer: { readonly due: number; readonly stop: AbortController } | null = null;
  const start = (due: number, ms: number): void => {
    const mine = { due, stop: new AbortController() };
    timer = mine;
    void sleep(ms, mine.stop.signal).then(
      () => {
        if (timer === mine) timer = null;
        schedule();
      },
      () => undefined,
    );
  };
  return {
    rateLimit,
    isClosed: () => !rateLimit.hasRoom() || rateLimit.waitMs(now()) > 0,
    addWaiting: (it) => {
      if (rateLimit.waitMs(now()) > 0 && rateLimit.pausedUntil() >= it.deadline) throw tooLate(limitedUntil, now());
      waiting.add(it);
      return () => void waiting.delete(it);
    },
    pause: (ms) => {
      rateLimit.pause(now(), Math.min(ms, MAX_PAUSE_MS));
      limitedUntil = rateLimit.pausedUntil();
      for (const it of [...waiting]) if (limitedUntil >= it.deadline) it.giveUp(tooLate(limitedUntil, now()));
    },
    setTimer: (hasSlot) => {
      const ms = hasSlot && waiting.size > 0 ? rateLimit.waitMs(now()) : 0;
      const due = now() + ms;
      if (ms > 0 && timer?.due === due) return;
      timer?.stop.abort();
      timer = null;
      if (ms > 0) start(due, ms);
    },
  };
}

/** To the minute, so that all who wait say the same. */
function tooLate(limitedUntil: number, now: number): TurnTooLate {
  if (limitedUntil <= now) return new TurnTooLate('the pace of SENTRY_PAGES_PER_SECOND');
  const until = isoOf(Math.ceil(limitedUntil / MINUTE_MS) * MINUTE_MS).slice(11, 16);
  return new TurnTooLate(`Sentry's limit: a 429 until ${until} UTC`);
}

import PQueue, { type Queue } from 'p-queue';
import { createConcurrency } from './concurrency.ts';
import { createEndpoint, type Endpoint, type EndpointDeps } from './endpoint.ts';
import { priorityQueueWith, type Rank, RANKS, type Run, type TurnOptions } from './priority-queue.ts';
import type { Heard } from './rate-limit.ts';
import { createSlowFilters, type SlowFilters } from './slow-filters.ts';

/**
 * Keeps requests to one Sentry within its limits: so many in flight, no more of one endpoint than it allows, and none to an endpoint that
 * asked us to wait; the others go on meanwhile. While requests must wait, the totals of all filters go first; those of slow filters have
 * their share of the slots, so that they hold back nobody, and may come after others' rows.
 */
export interface RequestQueue {
  /**
   * `endpoint`: any name that is the same for all requests which the server counts together. Rejects when the signal aborts before the
   * slot is there, and at once when a pause lasts beyond the deadline.
   */
  slot<T>(endpoint: string, attempt: () => Promise<T>, claim: SlotClaim): Promise<T>;
  /** All requests to the endpoint wait this long, not only the one that was told. */
  pause(endpoint: string, ms: number): void;
  /** Takes in what an answer says of the limits. */
  heard(endpoint: string, answer: Heard & { readonly isOverloaded: boolean }): void;
}

export interface SlotClaim {
  readonly signal: AbortSignal;
  /** Epoch ms */
  readonly deadline: number;
  /** Default: the most urgent, and everybody's. */
  readonly turn?:
    | {
        readonly rank: Rank;
        readonly owner: string;
        /** Aborted when it is not needed any more; what has its slot is not disturbed. */
        readonly unless?: AbortSignal;
      }
    | undefined;
}

const EVERYBODYS = { rank: RANKS.totals, owner: '' };

/** `most`: in flight at once. `everyMs`: by endpoint, the least time from the start of one request to the start of the next. */
export function createRequestQueue(
  most: number,
  deps: EndpointDeps,
  everyMs: ReadonlyMap<string, number> = new Map(),
): RequestQueue {
  const endpoints = new Map<string, Endpoint>();
  const slow = createSlowFilters();
  const concurrency = createConcurrency(most);
  const endpointOf = (endpoint: string): Endpoint => {
    const entry = endpoints.get(endpoint) ?? createEndpoint(everyMs.get(endpoint) ?? 0, goOn, deps);
    endpoints.set(endpoint, entry);
    return entry;
  };
  const queue = new PQueue<Queue<Run, TurnOptions>, TurnOptions>({
    concurrency: concurrency.slots(),
    queueClass: priorityQueueWith({
      isClosed: (endpoint) => endpointOf(endpoint).isClosed(),
      isHeldBack: (owner) => slow.isHeldBack(owner, concurrency.slots(), deps.now()),
      isShutOut: (owner) => slow.isShutOut(owner, concurrency.slots(), deps.now()),
    }),
  });
  /** Whoever may go goes; where somebody waits for the time, it is looked at again then. Also when a slot was given back. */
  const goOn = (): void => {
    do {
      queue.concurrency = concurrency.slots(); // NOTE: also when it is the same: this is how p-queue is told to look again.
      for (const entry of endpoints.values()) entry.look(queue.pending < concurrency.slots());
      // NOTE: time goes on between the line's look at the clock and the lane's: nobody would tell those who may go by then.
    } while (!queue.isPaused && queue.pending < concurrency.slots() && queue.size > 0);
  };
  queue.on('next', goOn);
  return {
    heard: (endpoint, answer) => {
      endpointOf(endpoint).rateLimit.heard(answer, deps.now());
      concurrency.heard(answer, deps.now());
    },
    pause: (endpoint, ms) => {
      endpointOf(endpoint).pause(ms);
      goOn();
    },
    async slot(endpoint, attempt, claim) {
      const entry = endpointOf(endpoint);
      const { rank, owner } = claim.turn ?? EVERYBODYS;
      return standInLine(entry, claim, async (signal, leave) => {
        // All that is asked for in one go stands in the line before the first one leaves it.
        queue.pause();
        const done = queue.add(
          () => {
            leave();
            return counted(entry, slow, owner, deps, attempt);
          },
          { signal, endpoint, rank, owner },
        );
        queueMicrotask(() => {
          queue.start();
          goOn();
        });
        return done;
      });
    },
  };
}

/**
 * `join`: takes its place, which the signal takes away again, and leaves the line when its turn has come: from then on the end of the run is
 * the attempt's own matter, which says whether anything went out.
 */
async function standInLine<T>(
  entry: Endpoint,
  { signal, deadline, turn }: SlotClaim,
  join: (signal: AbortSignal, leave: () => void) => Promise<T>,
): Promise<T> {
  const ends = [signal, ...(turn?.unless === undefined ? [] : [turn.unless])];
  for (const it of ends) it.throwIfAborted();
  const place = new AbortController();
  const stop = (): void => place.abort(ends.find((it) => it.aborted)?.reason);
  const left = entry.enter({ deadline, leave: (why) => place.abort(why) });
  for (const it of ends) it.addEventListener('abort', stop, { once: true });
  const leave = (): void => {
    left();
    for (const it of ends) it.removeEventListener('abort', stop);
  };
  return join(place.signal, leave).finally(leave);
}

/** Keeps the books of what is in flight. */
async function counted<T>(
  { rateLimit }: Endpoint,
  slow: SlowFilters,
  owner: string,
  { now }: EndpointDeps,
  attempt: () => Promise<T>,
): Promise<T> {
  rateLimit.began(now());
  const request = slow.began(owner, now());
  try {
    return await attempt();
  } finally {
    slow.ended(request, now());
    rateLimit.ended();
  }
}

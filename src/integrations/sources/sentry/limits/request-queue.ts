import PQueue from 'p-queue';
import type { Clock } from '../../../../core/ports/clock.ts';
import { createConcurrency } from './concurrency.ts';
import { createEndpoints, type Endpoint } from './endpoint.ts';
import type { LimitedAnswer } from './limit-headers.ts';
import { type Admission, PRIORITY, type Priority, PriorityQueue, type QueuedOptions } from './priority-queue.ts';
import { createSlowFilters } from './slow-filters.ts';

/**
 * Keeps requests to one Sentry within its limits: so many in flight, no more of one endpoint than it allows, and none
 * to an endpoint that asked us to wait; the others go on meanwhile. While requests must wait, the totals of all filters
 * go
 * first. Slow filters have a share of the slots, so that they hold up nobody, and may come after others' rows.
 */
export interface RequestQueue {
  /**
   * Runs the attempt when there is a slot for it. `endpoint`: any name that is the same for all requests which the
   * server counts together. Rejects when the signal aborts before, and at once when a pause lasts beyond the deadline.
   */
  slot<T>(endpoint: string, attempt: () => Promise<T>, request: SlotRequest): Promise<T>;
  /** All requests to the endpoint wait this long, not only the one that was told. */
  pause(endpoint: string, ms: number): void;
  /** Takes in what an answer says of the limits. */
  observe(endpoint: string, answer: LimitedAnswer & { readonly isOverloaded: boolean }): void;
}

export interface SlotRequest {
  readonly signal: AbortSignal;
  /** Epoch ms */
  readonly deadline: number;
  /** Default: the most urgent, and everybody's. */
  readonly queueing?: Queueing | undefined;
}

export interface Queueing {
  readonly priority: Priority;
  readonly owner: string;
  /** Aborted when the request is not needed any more; one that has its slot is not disturbed. */
  readonly unless?: AbortSignal;
}

const EVERYBODYS: Queueing = { priority: PRIORITY.totals, owner: '' };

/** `most`: in flight at once. `intervals`: by endpoint, the least time from one start to the next, ms. */
export function createRequestQueue(
  most: number,
  clock: Clock,
  intervals: ReadonlyMap<string, number> = new Map(),
): RequestQueue {
  const { now } = clock;
  const slow = createSlowFilters();
  const concurrency = createConcurrency(most);
  const queue: Queue = new PQueue({ concurrency: concurrency.slots(), queueClass: PriorityQueue });
  const schedule = (): void => startAll(queue, concurrency.slots, endpoints.all);
  const endpoints = createEndpoints(intervals, schedule, clock);
  const admission: Admission = {
    isClosed: (name) => endpoints.get(name).isClosed(),
    isHeldBack: (owner) => slow.isHeldBack(owner, concurrency.slots(), now()),
    isShutOut: (owner) => slow.isShutOut(owner, concurrency.slots(), now()),
  };
  // Also when a slot was given back.
  queue.on('next', schedule);
  return {
    observe: (name, answer) => {
      endpoints.get(name).rateLimit.observe(answer, now());
      concurrency.observe(answer, now());
    },
    pause: (name, ms) => {
      endpoints.get(name).pause(ms);
      schedule();
    },
    async slot(name, attempt, request) {
      const endpoint = endpoints.get(name);
      const { priority, owner } = request.queueing ?? EVERYBODYS;
      return whileWaiting(endpoint, request, (signal, started) => {
        const run = (): ReturnType<typeof attempt> => {
          started();
          return counted(attempt, endpoint, slow.began(owner, now()), now);
        };
        return addTogether(queue, run, { signal, endpoint: name, priority, owner, admission }, schedule);
      });
    },
  };
}

type Queue = PQueue<PriorityQueue, QueuedOptions>;

/** Starts all that may go. Where one waits for the time, sets the timer. */
function startAll(queue: Queue, slots: () => number, endpoints: () => Iterable<Endpoint>): void {
  do {
    // NOTE: also when it is the same: this is how p-queue is told to choose again.
    queue.concurrency = slots();
    for (const endpoint of endpoints()) endpoint.setTimer(queue.pending < slots());
    // NOTE: the queue looks at the clock before the timers do: nobody else would start those who may go by then.
  } while (!queue.isPaused && queue.pending < slots() && queue.size > 0);
}

/** All that is asked for in one go is in the queue before the first of it leaves. */
async function addTogether<T>(
  queue: Queue,
  run: () => Promise<T>,
  options: QueuedOptions,
  schedule: () => void,
): Promise<T> {
  queue.pause();
  const done = queue.add(run, options);
  queueMicrotask(() => {
    queue.start();
    schedule();
  });
  return done;
}

/**
 * `enqueue`: its signal takes the request out of the queue. It calls `started` when the request has its slot: from then
 * on the end of the run is the attempt's own matter, which says whether anything went out.
 */
async function whileWaiting<T>(
  endpoint: Endpoint,
  { signal, deadline, queueing }: SlotRequest,
  enqueue: (signal: AbortSignal, started: () => void) => Promise<T>,
): Promise<T> {
  const ends = [signal, ...(queueing?.unless === undefined ? [] : [queueing.unless])];
  for (const it of ends) it.throwIfAborted();
  const waiting = new AbortController();
  const stop = (): void => waiting.abort(ends.find((it) => it.aborted)?.reason);
  const remove = endpoint.addWaiting({ deadline, giveUp: (why) => waiting.abort(why) });
  for (const it of ends) it.addEventListener('abort', stop, { once: true });
  const started = (): void => {
    remove();
    for (const it of ends) it.removeEventListener('abort', stop);
  };
  return enqueue(waiting.signal, started).finally(started);
}

/** Counts what is in flight. `ended`: told when it is over. */
async function counted<T>(
  attempt: () => Promise<T>,
  { rateLimit }: Endpoint,
  ended: (now: number) => void,
  now: () => number,
): Promise<T> {
  rateLimit.began(now());
  try {
    return await attempt();
  } finally {
    ended(now());
    rateLimit.ended();
  }
}

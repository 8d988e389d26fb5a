import PQueue, { type Queue } from 'p-queue';
import { createFlow } from './flow.ts';
import { createLane, type Lane, type LaneDeps } from './lane.ts';
import { lineWith, RANKS, type Rank, type Run, type TurnOptions } from './line.ts';
import type { Heard } from './pace.ts';
import { createSlowOwners, type SlowOwners } from './slow.ts';

/**
 * Keeps requests to one Sentry within its limits: so many in flight, no more of one endpoint than it allows, and none to an endpoint that
 * asked us to wait; the others go on meanwhile. While requests must wait, the totals of all filters go first; those of slow filters have
 * their share of the slots, so that they hold back nobody, and may come after others' rows.
 */
export interface Budget {
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
  readonly turn?: {
    readonly rank: Rank;
    readonly owner: string;
    /** Aborted when it is not needed any more; what has its slot is not disturbed. */
    readonly unless?: AbortSignal;
  } | undefined;
}

const EVERYBODYS = { rank: RANKS.totals, owner: '' };

/** `most`: in flight at once. `everyMs`: by endpoint, the least time from the start of one request to the start of the next. */
export function createBudget(most: number, deps: LaneDeps, everyMs: ReadonlyMap<string, number> = new Map()): Budget {
  const lanes = new Map<string, Lane>();
  const slow = createSlowOwners();
  const flow = createFlow(most);
  const laneOf = (endpoint: string): Lane => {
    const lane = lanes.get(endpoint) ?? createLane(everyMs.get(endpoint) ?? 0, goOn, deps);
    lanes.set(endpoint, lane);
    return lane;
  };
  const queue = new PQueue<Queue<Run, TurnOptions>, TurnOptions>({
    concurrency: flow.slots(),
    queueClass: lineWith({ isClosed: (endpoint) => laneOf(endpoint).isClosed(), isHeldBack: (owner) => slow.isHeldBack(owner, flow.slots(), deps.now()), isShutOut: (owner) => slow.isShutOut(owner, flow.slots(), deps.now()) }),
  });
  /** Whoever may go goes; where somebody waits for the time, it is looked at again then. Also when a slot was given back. */
  const goOn = (): void => {
    do {
      queue.concurrency = flow.slots(); // NOTE: also when it is the same: this is how p-queue is told to look again.
      for (const lane of lanes.values()) lane.look(queue.pending < flow.slots());
      // NOTE: time goes on between the line's look at the clock and the lane's: nobody would tell those who may go by then.
    } while (!queue.isPaused && queue.pending < flow.slots() && queue.size > 0);
  };
  queue.on('next', goOn);
  return {
    heard: (endpoint, answer) => {
      laneOf(endpoint).pace.heard(answer, deps.now());
      flow.heard(answer, deps.now());
    },
    pause: (endpoint, ms) => {
      laneOf(endpoint).pause(ms);
      goOn();
    },
    async slot(endpoint, attempt, claim) {
      const lane = laneOf(endpoint);
      const { rank, owner } = claim.turn ?? EVERYBODYS;
      return standInLine(lane, claim, async (signal, leave) => {
        // All that is asked for in one go stands in the line before the first one leaves it.
        queue.pause();
        const done = queue.add(() => {
          leave();
          return counted(lane, slow, owner, deps, attempt);
        }, { signal, endpoint, rank, owner });
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
async function standInLine<T>(lane: Lane, { signal, deadline, turn }: SlotClaim, join: (signal: AbortSignal, leave: () => void) => Promise<T>): Promise<T> {
  const ends = [signal, ...(turn?.unless === undefined ? [] : [turn.unless])];
  for (const it of ends) it.throwIfAborted();
  const place = new AbortController();
  const stop = (): void => place.abort(ends.find((it) => it.aborted)?.reason);
  const left = lane.enter({ deadline, leave: (why) => place.abort(why) });
  for (const it of ends) it.addEventListener('abort', stop, { once: true });
  const leave = (): void => {
    left();
    for (const it of ends) it.removeEventListener('abort', stop);
  };
  return join(place.signal, leave).finally(leave);
}

/** Keeps the books of what is in flight. */
async function counted<T>({ pace }: Lane, slow: SlowOwners, owner: string, { now }: LaneDeps, attempt: () => Promise<T>): Promise<T> {
  pace.began(now());
  const request = slow.began(owner, now());
  try {
    return await attempt();
  } finally {
    slow.ended(request, now());
    pace.ended();
  }
}

import type { Queue, QueueAddOptions } from 'p-queue';

/** How urgent a request is: all that is waiting of one rank goes before anything of the next. */
export const RANKS = { totals: 0, rows: 1, details: 2, past: 3 } as const;
export type Rank = (typeof RANKS)[keyof typeof RANKS];

/** What of a request decides when its turn comes. */
export interface Turn {
  readonly endpoint: string;
  readonly rank: Rank;
  /** Whose it is, a filter's name; '': everybody's. */
  readonly owner: string;
}

/** Says who has to stay in the line. */
export interface Admission {
  /** The endpoint may not be asked now. */
  isClosed(endpoint: string): boolean;
  /** The owner's requests are slow, and slow ones have their share of the slots: others first. */
  isHeldBack(owner: string): boolean;
  /** The owner may not go even when nobody else waits. */
  isShutOut(owner: string): boolean;
}

export type TurnOptions = QueueAddOptions & Turn;

/** p-queue's type for a piece of work. */
export type Run = () => Promise<unknown>;

interface Waiting extends Turn {
  readonly run: Run;
  readonly id: string | undefined;
  readonly serial: number;
}

/**
 * The order of the queue: by rank, then first come, first served; a closed endpoint holds up nobody else.
 * p-queue wants a class without arguments, and takes from it while `size` is not 0.
 */
export function priorityQueueWith(admission: Admission): new () => Queue<Run, TurnOptions> {
  return class extends PriorityQueue {
    constructor() {
      super(admission);
    }
  };
}

class PriorityQueue implements Queue<Run, TurnOptions> {
  private readonly admission: Admission;
  private readonly lines = new Map<string, Waiting[][]>();
  private serial = 0;
  private chosen: Waiting | undefined;

  constructor(admission: Admission) {
    this.admission = admission;
  }

  enqueue(run: Run, { endpoint = '', rank = 0, owner = '', id }: Partial<TurnOptions> = {}): void {
    const ranks = this.lines.get(endpoint) ?? [[], [], [], []];
    this.lines.set(endpoint, ranks);
    ranks[rank]!.push({ run, id, endpoint, rank, owner, serial: this.serial++ });
  }

  /** Whether one may go now, 1 or 0: for p-queue the others are not there. */
  get size(): number {
    this.chosen = this.next(false) ?? this.next(true);
    return this.chosen === undefined ? 0 : 1;
  }

  // NOTE: the one that `size` saw: time goes on, and another look might find none.
  dequeue(): Run | undefined {
    const { chosen } = this;
    if (chosen === undefined) return undefined;
    this.take(chosen);
    this.chosen = undefined;
    return chosen.run;
  }

  remove(id: string): void {
    const found = [...this.lines.values()].flat(2).find((it) => it.id === id);
    if (found !== undefined) this.take(found);
  }

  filter(): Run[] {
    return [];
  }

  setPriority(): void {
    throw new Error('a rank is given once');
  }

  private next(withHeldBack: boolean): Waiting | undefined {
    let best: Waiting | undefined;
    for (const [endpoint, ranks] of this.lines) {
      if (this.admission.isClosed(endpoint)) continue;
      const first = ranks
        .map((rank) =>
          rank.find(
            ({ owner }) => !(withHeldBack ? this.admission.isShutOut(owner) : this.admission.isHeldBack(owner)),
          ),
        )
        .find((it) => it !== undefined);
      if (
        first !== undefined &&
        (best === undefined || first.rank < best.rank || (first.rank === best.rank && first.serial < best.serial))
      )
        best = first;
    }
    return best;
  }

  private take(waiting: Waiting): void {
    const rank = this.lines.get(waiting.endpoint)![waiting.rank]!;
    const index = rank.indexOf(waiting);
    if (index >= 0) rank.splice(index, 1);
  }
}

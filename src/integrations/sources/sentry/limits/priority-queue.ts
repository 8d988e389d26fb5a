import type { Queue, QueueAddOptions } from 'p-queue';

/** How urgent a request is: all that wait with one priority go before any of the next. */
export const PRIORITY = { totals: 0, rows: 1, details: 2, past: 3 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

/** Says who has to wait. */
export interface Admission {
  /** The endpoint may not be asked now. */
  isClosed(endpoint: string): boolean;
  /** The owner's requests are slow, and slow ones have their share of the slots: others first. */
  isHeldBack(owner: string): boolean;
  /** The owner may not go even when nobody else waits. */
  isShutOut(owner: string): boolean;
}

export interface QueuedOptions extends QueueAddOptions {
  readonly endpoint: string;
  readonly priority: Priority;
  /** Whose it is, a filter's name; '': everybody's. */
  readonly owner: string;
  readonly admission: Admission;
}

/** p-queue's type for a piece of work. */
export type Run = () => Promise<unknown>;

interface Waiting extends QueuedOptions {
  readonly run: Run;
  readonly serial: number;
}

/**
 * Queue of p-queue, in this order: by priority, then first come, first served. A closed endpoint holds up nobody else.
 * p-queue makes the queue itself, without arguments, so each request brings its admission along.
 */
export class PriorityQueue implements Queue<Run, QueuedOptions> {
  /** By endpoint, then by priority. */
  private readonly waiting = new Map<string, Waiting[][]>();
  private serial = 0;
  private chosen: Waiting | undefined;

  enqueue(run: Run, options?: Partial<QueuedOptions>): void {
    // What p-queue's `add` was given, and that is whole.
    const given = options as QueuedOptions;
    const priorities = this.waiting.get(given.endpoint) ?? [[], [], [], []];
    this.waiting.set(given.endpoint, priorities);
    priorities[given.priority]!.push({ ...given, run, serial: this.serial++ });
  }

  /** Whether one may go now, 1 or 0. The others are kept from p-queue, which takes from here while this is not 0. */
  get size(): number {
    this.chosen =
      this.next(({ admission, owner }) => !admission.isHeldBack(owner)) ??
      this.next(({ admission, owner }) => !admission.isShutOut(owner));
    return this.chosen === undefined ? 0 : 1;
  }

  // NOTE: the one that `size` chose: time goes on, and choosing again might find none.
  dequeue(): Run | undefined {
    const { chosen } = this;
    if (chosen === undefined) return undefined;
    this.take(chosen);
    this.chosen = undefined;
    return chosen.run;
  }

  remove(id: string): void {
    const found = [...this.waiting.values()].flat(2).find((it) => it.id === id);
    if (found !== undefined) this.take(found);
  }

  filter(): Run[] {
    return [];
  }

  setPriority(): void {
    throw new Error('a priority is given once');
  }

  private next(isAdmitted: (it: Waiting) => boolean): Waiting | undefined {
    let best: Waiting | undefined;
    for (const [endpoint, priorities] of this.waiting) {
      const head = priorities.find((it) => it.length > 0)?.[0];
      if (head === undefined || head.admission.isClosed(endpoint)) continue;
      const first = priorities.map((it) => it.find(isAdmitted)).find((it) => it !== undefined);
      if (first !== undefined && (best === undefined || isBefore(first, best))) best = first;
    }
    return best;
  }

  private take(waiting: Waiting): void {
    const same = this.waiting.get(waiting.endpoint)![waiting.priority]!;
    const index = same.indexOf(waiting);
    if (index >= 0) same.splice(index, 1);
  }
}

function isBefore(a: Waiting, b: Waiting): boolean {
  return a.priority < b.priority || (a.priority === b.priority && a.serial < b.serial);
}

/** What is known of a stretch of windows. */
export interface Cell {
  readonly events: number;
  /** Windows that were counted, at least one. */
  readonly counted: number;
  /** Those of them that are complete. */
  readonly complete: number;
  /** Of the window that was counted anew most often. */
  readonly revision: number;
}

/** Of a page's ranges and what is usual. */
const MOST_DERIVED = 6;

/**
 * Counts of one filter by equal steps, at most so many: the oldest make room. Tens of thousands of them are kept for
 * pages, so a step takes some twenty bytes.
 */
export class Grid {
  /** ms. */
  readonly step: number;
  readonly #places: Float64Array;
  readonly #events: Float64Array;
  readonly #counted: Uint16Array;
  readonly #complete: Uint16Array;
  readonly #revisions: Uint16Array;
  #newest = -1;
  readonly #derived = new Map<string, unknown>();
  /** What follows from single steps. */
  readonly #made: unknown[] = [];

  constructor(step: number, most: number) {
    this.step = step;
    this.#places = new Float64Array(most).fill(-1);
    this.#events = new Float64Array(most);
    this.#counted = new Uint16Array(most);
    this.#complete = new Uint16Array(most);
    this.#revisions = new Uint16Array(most);
  }

  /** Steps that it has room for. */
  get most(): number {
    return this.#places.length;
  }

  /** `start`: epoch ms, on the grid. What was counted anew more often stays; so does what is newer by a whole round. */
  put(start: number, { events, counted, complete, revision }: Cell): void {
    const place = Math.floor(start / this.step);
    const at = place % this.most;
    if (this.#places[at]! > place || (this.#places[at] === place && this.#revisions[at]! > revision)) return;
    if (this.#places[at] === place && this.#says(at, { events, counted, complete, revision })) return;
    this.#derived.clear();
    this.#made[at] = undefined;
    this.#places[at] = place;
    this.#events[at] = events;
    this.#counted[at] = counted;
    this.#complete[at] = complete;
    this.#revisions[at] = revision;
    this.#newest = Math.max(this.#newest, place);
  }

  /** All that another grid of the same steps has. */
  putAll(other: Grid): void {
    for (const [at, place] of other.#places.entries())
      if (place >= 0)
        this.put(place * this.step, {
          events: other.#events[at]!,
          counted: other.#counted[at]!,
          complete: other.#complete[at]!,
          revision: other.#revisions[at]!,
        });
  }

  /** Of all steps that start in [start, end) together; null: nothing was counted. */
  sum(start: number, end: number): Cell | null {
    let [events, counted, complete, revision] = [0, 0, 0, 0];
    for (let place = Math.ceil(start / this.step); place * this.step < end; place++) {
      const at = place % this.most;
      if (this.#places[at] !== place) continue;
      events += this.#events[at]!;
      counted += this.#counted[at]!;
      complete += this.#complete[at]!;
      revision = Math.max(revision, this.#revisions[at]!);
    }
    return counted === 0 ? null : { events, counted, complete, revision };
  }

  #says(at: number, { events, counted, complete, revision }: Cell): boolean {
    const [isSame, isAsWhole] = [this.#events[at] === events, this.#complete[at] === complete];
    return isSame && isAsWhole && this.#counted[at] === counted && this.#revisions[at] === revision;
  }

  /** What follows from its counts and the key: the same object until the counts change. A few are kept. */
  derived<T>(key: string, derive: () => T): T {
    if (!this.#derived.has(key)) {
      if (this.#derived.size >= MOST_DERIVED) this.#derived.delete(this.#derived.keys().next().value!);
      this.#derived.set(key, derive());
    }
    return this.#derived.get(key) as T;
  }

  /**
   * What follows from each step that starts in [start, end), on the grid: the same object until its count changes.
   * Null: it has none. NOTE: always the same `make` for a grid; by hand: a hundred thousand steps a page.
   */
  made<T>(start: number, end: number, make: (cell: Cell, start: number) => T): (T | null)[] {
    const { step, most } = this;
    const found: (T | null)[] = [];
    found.length = Math.max(0, Math.ceil((end - start) / step));
    let at = (start / step) % most;
    for (let index = 0, place = start / step; index < found.length; index++, place++) {
      const isThere = this.#places[at] === place;
      if (isThere) this.#made[at] ??= make(this.sum(place * step, (place + 1) * step)!, place * step);
      found[index] = isThere ? (this.#made[at] as T) : null;
      if (++at === most) at = 0;
    }
    return found;
  }

  /** Start of the newest step in [from, end) for which it holds, epoch ms; null: there is none. */
  findLast(end: number, holds: (start: number) => boolean, from = 0): number | null {
    const last = Math.min(this.#newest, Math.ceil(end / this.step) - 1);
    for (let place = last; place > this.#newest - this.most && place * this.step >= from; place--)
      if (this.#places[place % this.most] === place && holds(place * this.step)) return place * this.step;
    return null;
  }
}

/** By filter. */
export type Grids = ReadonlyMap<string, Grid>;

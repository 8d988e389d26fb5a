import { type Cell, Grid, type Grids } from './grid.ts';

/** Counts of steps by filter. */
export interface CellsRead {
  readonly cells: Iterable<readonly [filter: string, cells: Iterable<readonly [start: number, Cell]>]>;
  /** When the newest of it was recorded; 0: nobody knows. */
  readonly until: number;
  /** What was recorded later than that is not in it yet; null: all is. */
  readonly from: number | null;
}

/** Of steps that start in [from, to). `since`: only those of which something was recorded from then on. */
export type ReadCells = (filters: readonly string[], from: number, to: number, since: number) => Promise<CellsRead>;

/** `missing`: when the first was recorded that is not in it yet, epoch ms; null: all is. */
export interface GridsRead {
  readonly grids: Grids;
  readonly missing: number | null;
}

export type ReadGrids = (filters: readonly string[], from: number, to: number) => Promise<GridsRead>;

/**
 * What was recorded so long before the newest is read again, ms: a transaction may become visible after one that began
 * later.
 */
const MARGIN_MS = 120_000;
/** A grid moves on for so many steps before it forgets what a page still shows. */
const ROOM = 24;

/** Reads a span as it is. */
export function readGrids(read: ReadCells, step: number): ReadGrids {
  return async (filters, from, to) => {
    const grids = gridsFor(filters, step, (to - from) / step);
    const { cells, from: missing } = await read(filters, from, to, 0);
    fill(grids, cells);
    return { grids, missing };
  };
}

interface Kept {
  readonly filters: string;
  readonly from: number;
  /** When the newest of it was recorded, by the ledger's clock. */
  until: number;
  readonly grids: Grids;
}

/** Counts of a span that moves on: what was read before is kept, and only what was recorded since is read. */
export function recentGrids(read: ReadCells, step: number): ReadGrids {
  let kept: Kept | null = null;
  const isKept = (it: Kept | null, key: string, from: number, steps: number): it is Kept =>
    it !== null && it.filters === key && it.from <= from && ([...it.grids.values()][0]?.most ?? 0) >= steps;
  return async (filters, from, to) => {
    const key = filters.join(' ');
    const steps = (to - from) / step;
    const old = isKept(kept, key, from, steps)
      ? kept
      : { filters: key, from, until: 0, grids: gridsFor(filters, step, steps + ROOM) };
    const { cells, until, from: missing } = await read(filters, from, to, Math.max(0, old.until - MARGIN_MS));
    fill(old.grids, cells);
    old.until = Math.max(old.until, until);
    kept = until === 0 || missing !== null ? null : old;
    return { grids: old.grids, missing };
  };
}

function gridsFor(filters: readonly string[], step: number, steps: number): Grids {
  return new Map(filters.map((name) => [name, new Grid(step, Math.max(1, Math.ceil(steps)))]));
}

function fill(grids: Grids, cells: CellsRead['cells']): void {
  for (const [name, all] of cells) {
    const grid = grids.get(name);
    if (grid !== undefined) for (const [start, cell] of all) grid.put(start, cell);
  }
}

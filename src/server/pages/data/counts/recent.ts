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

/** `room`: steps after `to` for which there is to be room. */
export type ReadGrids = (filters: readonly string[], from: number, to: number, room?: number) => Promise<GridsRead>;

/** What was recorded since then (epoch ms), as a text: another one when something was recorded. */
export type ReadMark = (since: number) => Promise<string>;

/**
 * What was recorded so long before the newest is read again, ms: a transaction may become visible after one that began
 * later.
 */
const MARGIN_MS = 120_000;
/** A grid moves on for so many steps before it forgets what a page still shows. */
const ROOM = 24;

/** Reads a span as it is. */
export function readGrids(read: ReadCells, step: number): ReadGrids {
  return async (filters, from, to, room = 0) => {
    const grids = gridsFor(filters, step, (to - from) / step + room);
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
  /** Up to where it was read, and what had been recorded. */
  mark: string;
  /** As read. */
  missing: number | null;
  readonly grids: Grids;
}

/**
 * Counts of a span that moves on: what was read before is kept, and only what was recorded since is read, or what lies
 * further back.
 */
export function recentGrids(read: ReadCells, readMark: ReadMark, step: number): ReadGrids {
  let kept: Kept | null = null;
  return async (filters, from, to, room = 0) => {
    const key = filters.join(' ');
    const steps = (to - from) / step + room;
    const empty = (): Grids => gridsFor(filters, step, steps + ROOM);
    const isKept = kept?.filters === key && (from < kept.from || roomOf(kept.grids) >= steps);
    let it = isKept ? kept! : { filters: key, from, until: 0, mark: '', missing: null, grids: empty() };
    if (from < it.from) {
      const { cells, from: missing } = await read(filters, from, it.from, 0);
      if (missing !== null) return readGrids(read, step)(filters, from, to, room);
      it = { ...it, from, grids: widened(it.grids, empty()) };
      fill(it.grids, cells);
    }
    kept = (await addNew(it, filters, { from, to }, { read, readMark })) ? it : null;
    return { grids: it.grids, missing: it.missing };
  };
}

function roomOf(grids: Grids): number {
  return grids.values().next().value?.most ?? 0;
}

/** What was recorded since. Whether it can be kept: the ledger says how new it is, and lacks nothing. */
async function addNew(
  it: Kept,
  filters: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
  { read, readMark }: { readonly read: ReadCells; readonly readMark: ReadMark },
): Promise<boolean> {
  const since = Math.max(0, it.until - MARGIN_MS);
  const mark = since === 0 ? '' : `${to} ${await readMark(since)}`;
  if (mark !== '' && mark === it.mark) return true;
  const { cells, until, from: missing } = await read(filters, from, to, since);
  fill(it.grids, cells);
  it.until = Math.max(it.until, until);
  it.mark = mark;
  it.missing = missing;
  return until > 0 && missing === null;
}

function widened(old: Grids, grids: Grids): Grids {
  for (const [name, grid] of grids) grid.putAll(old.get(name)!);
  return grids;
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

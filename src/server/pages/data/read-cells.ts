import { HOUR_MS } from '../../../core/model/window.ts';
import type { CountsRead, ReadModel, WindowCount } from '../../../core/ports/read-model.ts';
import type { Cell } from './grid.ts';
import type { CellsRead, ReadCells } from './recent.ts';

/** How the counts of a read model come into grids: by windows, and by hours. */
export function readCellsOf(readModel: Pick<ReadModel, 'counts'>): {
  readonly windows: ReadCells;
  readonly hours: ReadCells;
} {
  return {
    windows: async (filters, from, to, since) => windowsIn(await readModel.counts(filters, from, to, since)),
    hours: async (filters, from, to) => hoursIn(await readModel.counts(filters, from, to)),
  };
}

function windowsIn({ counts, until }: CountsRead): CellsRead {
  return {
    cells: new Map([...counts].map(([name, windows]) => [name, windows.map((it) => [it.start, cellOf(it)])])),
    until,
  };
}

function cellOf({ events, complete, revision }: WindowCount): Cell {
  return { events, counted: 1, complete: Number(complete), revision };
}

function hoursIn({ counts }: CountsRead): CellsRead {
  return { cells: new Map([...counts].map(([name, windows]) => [name, byHour(windows)])), until: 0 };
}

function byHour(windows: readonly WindowCount[]): readonly (readonly [number, Cell])[] {
  const hours = Map.groupBy(windows, ({ start }) => Math.floor(start / HOUR_MS) * HOUR_MS);
  return [...hours].map(([hour, own]) => [
    hour,
    {
      events: own.reduce((sum, { events }) => sum + events, 0),
      counted: own.length,
      complete: own.filter(({ complete }) => complete).length,
      revision: Math.max(...own.map(({ revision }) => revision)),
    },
  ]);
}

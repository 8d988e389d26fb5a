import type { ReadModel } from '../../../../core/ports/read-model.ts';
import type { Cell } from './grid.ts';
import type { CellsRead, ReadCells } from './recent.ts';

/** How the counts of a read model come into grids: by windows, and by hours. */
export function readCellsOf(readModel: Pick<ReadModel, 'counts' | 'hours'>): {
  readonly windows: ReadCells;
  readonly hours: ReadCells;
} {
  return {
    windows: async (filters, from, to, since) => {
      const { counts, until } = await readModel.counts(filters, from, to, since);
      const cells = inCells(counts, ({ events, complete, revision }) => ({
        events,
        counted: 1,
        complete: Number(complete),
        revision,
      }));
      return { cells, until, from: null };
    },
    hours: async (filters, from, to, since) => {
      const { hours, ...read } = await readModel.hours(filters, from, to, since);
      return {
        cells: inCells(hours, ({ events, windows, complete, revision }) => ({
          events,
          counted: windows,
          complete,
          revision,
        })),
        ...read,
      };
    },
  };
}

function* inCells<T extends { readonly start: number }>(
  counts: Iterable<readonly [string, readonly T[]]>,
  cellOf: (count: T) => Cell,
): CellsRead['cells'] {
  for (const [name, all] of counts) yield [name, all.map((it): readonly [number, Cell] => [it.start, cellOf(it)])];
}

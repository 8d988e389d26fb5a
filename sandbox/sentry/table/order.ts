import type { Random } from '../../random.ts';
import type { Cell, Column } from './columns.ts';
import { badRequest } from '../errors.ts';
import type { Row } from './rows.ts';

type SortKey = { readonly column: Column; readonly down: boolean };

/** Repeated `sort`; `-count` means `-count()` as well. Only what is selected can be sorted by. */
export function readSort(values: readonly string[], columns: readonly Column[]): SortKey[] {
  return values
    .filter((value) => value !== '')
    .map((value) => {
      const name = value.replace(/^-/, '');
      const column = columns.find((one) => one.name === name || alias(one) === name);
      if (column === undefined) throw badRequest('Cannot sort by a field that is not selected.');
      return { column, down: value.startsWith('-') };
    });
}

function alias(column: Column): string {
  if (column.kind === 'group') return column.name;
  return column.argument === '' ? column.function : `${column.function}_${column.argument.replaceAll('.', '_')}`;
}

/** Sorted as asked; what the keys leave open comes in another order each time, as from a database. */
export function sortRows(rows: readonly Row[], keys: readonly SortKey[], random: Random): Row[] {
  const drawn = rows.map((row) => ({ row, lot: random() }));
  drawn.sort((a, b) => {
    for (const { column, down } of keys) {
      const difference = compareCells(valueOf(a.row, column), valueOf(b.row, column));
      if (difference !== 0) return down ? -difference : difference;
    }
    return a.lot - b.lot;
  });
  return drawn.map(({ row }) => row);
}

function valueOf(row: Row, column: Column): Cell {
  return row.numbers.get(column.name) ?? row.cells[column.name] ?? null;
}

function compareCells(a: Cell, b: Cell): number {
  if (Array.isArray(a) || Array.isArray(b)) return compareCells(JSON.stringify(a), JSON.stringify(b));
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

import type { DateForm, Sheet, SheetRow } from '../../model/people/sheet.ts';
import { linesOf, oneLine, shortened } from '../words.ts';

/** Text of cells, row by row; the first row is the header. */
export type Grid = readonly (readonly string[])[];

/** More is refused. */
export const MOST_ROWS = 10_000;
export const MOST_COLUMNS = 200;
const MOST_LETTERS = 10_000;

/** Cells make no sheet; why, for people, as the end of a sentence about it. */
export class NoSheet extends Error {
  override readonly name = 'NoSheet';
}

/** What cells say under their headers. Throws a NoSheet. Pure. */
export function sheetOf(grid: Grid, dates: DateForm): Sheet {
  if (grid.length > MOST_ROWS + 1) throw new NoSheet(`has more than ${MOST_ROWS} rows; keep what is over elsewhere`);
  const headers = (grid[0] ?? []).map((cell) => oneLine(cell).normalize('NFC').toLowerCase());
  const columns = headers.filter((name) => name !== '');
  if (columns.length === 0) throw new NoSheet('has no header; write the names of the columns into its first row');
  if (columns.length > MOST_COLUMNS) throw new NoSheet(`has more than ${MOST_COLUMNS} columns`);
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined) throw new NoSheet(`has two columns "${shortened(twice, 100)}"; rename one`);
  return { columns, rows: grid.slice(1).flatMap((cells, at) => rowOf(cells, at + 2, headers)), dates };
}

function rowOf(cells: readonly string[], row: number, headers: readonly string[]): readonly SheetRow[] {
  if (cells.slice(headers.length).some((cell) => cell.trim() !== ''))
    throw new NoSheet(`has more cells in row ${row} than in its header; put a text with commas between quotes`);
  const written = headers.flatMap((name, at): [string, string][] => {
    const text = linesOf(cells[at] ?? '');
    if (text.length > MOST_LETTERS) throw new NoSheet(`has more than ${MOST_LETTERS} letters in a cell of row ${row}`);
    return name === '' || text === '' ? [] : [[name, text]];
  });
  return written.length === 0 ? [] : [{ row, cells: Object.fromEntries(written) }];
}

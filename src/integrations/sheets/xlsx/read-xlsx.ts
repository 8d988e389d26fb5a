import { readSheet } from 'read-excel-file/universal';
import { type Grid, MOST_COLUMNS, MOST_ROWS, NoSheet } from '../../../core/people/sheets/table.ts';
import { DAY_MS, HOUR_MS } from '../../../core/model/window.ts';
import { mergedIn, tabsIn } from './merged.ts';
import { repacked, unpack } from './unpack.ts';

/** A table of a workbook. */
export interface Table {
  /** Its cells as text, empty rows included. */
  readonly grid: Grid;
  /** Cells that are one, of which only the first has the text, as people name them: `C2:C4`. */
  readonly merged: readonly string[];
}

/** `tab`: its name; undefined: the first that people see. Throws a NoSheet. */
export async function readXlsx(bytes: Uint8Array, tab?: string): Promise<Table> {
  const files = unpack(bytes);
  const decoder = new TextDecoder();
  for (const text of Object.values(files)) checkExtent(decoder.decode(text));
  const textOfFile = (path: string): string => decoder.decode(files[path]);
  const shown = shownTab(textOfFile('xl/workbook.xml'));
  try {
    const rows = await readSheet(repacked(files), tab ?? shown, { trim: false, parseNumber: numberText });
    const grid = rows.map((cells) => cells.map(textOf));
    return { grid, merged: mergedIn(textOfFile, tab ?? shown).filter((cells) => isWritten(cells, grid)) };
  } catch (error) {
    const { name } = error as Error;
    throw new NoSheet(
      name === 'SheetNotFoundError' && tab !== undefined
        ? `has no tab ${JSON.stringify(tab)}; write the name of one it has`
        : 'is a workbook that cannot be read; save it again as XLSX',
    );
  }
}

/** NOTE: one cell far out would make the reader fill all that is before it. */
function checkExtent(xml: string): void {
  for (const [, letters = '', row] of xml.matchAll(/\sr\s*=\s*["']([A-Za-z]*)(\d+)["']/g)) {
    if (Number(row) > MOST_ROWS + 1)
      throw new NoSheet(`reaches down to row ${row}, past ${MOST_ROWS}; delete the rows below the table`);
    if (columnOf(letters.toUpperCase()) > MOST_COLUMNS)
      throw new NoSheet(`reaches to column ${letters}, past ${MOST_COLUMNS}; delete the columns beside the table`);
  }
}

/** One that is empty hides nothing. */
function isWritten(cells: string, grid: Grid): boolean {
  const [, column = '', row] = /^([A-Z]+)(\d+)/.exec(cells)!;
  return (grid[Number(row) - 1]?.[columnOf(column) - 1] ?? '') !== '';
}

/** A is 1. */
function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** The number of the first tab that is not hidden. */
function shownTab(workbook: string): number {
  const shown = tabsIn(workbook).findIndex((tag) => !/\sstate\s*=\s*["'](?:hidden|veryHidden)["']/.test(tag));
  return Math.max(0, shown) + 1;
}

/** A wall time, as if it were UTC. NOTE: the reader takes a millisecond off a third of all minutes. */
function textOf(cell: unknown): string {
  if (cell instanceof Date) return whenOf(Math.round(cell.getTime() / 1000) * 1000);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return typeof cell === 'string' ? cell : '';
}

/** Times of a day, and spans, are dates soon after those from which workbooks count. */
const COUNTED_FROM = [Date.UTC(1899, 11, 30), Date.UTC(1904, 0, 1)];
const LONGEST_SPAN_MS = 10 * DAY_MS;

function whenOf(wall: number): string {
  const from = COUNTED_FROM.find((it) => wall >= it && wall < it + LONGEST_SPAN_MS);
  const iso = new Date(wall).toISOString();
  const time = iso.slice(11, -5).replace(/:00$/, '');
  if (from !== undefined) return `${hoursOf(wall - from)}${time.slice(2)}`;
  return time === '00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`;
}

function hoursOf(ms: number): string {
  return String(Math.floor(ms / HOUR_MS)).padStart(2, '0');
}

/** As people see it: a workbook keeps 0.3 as 0.30000000000000004. */
function numberText(text: string): string {
  return Number.isFinite(Number(text)) ? String(Number(Number(text).toPrecision(15))) : text;
}
